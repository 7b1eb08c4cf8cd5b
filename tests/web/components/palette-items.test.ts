import { describe, expect, it } from "vitest";

import { paletteItems } from "../../../web/src/components/palette/palette-items.js";

const found = [{ prediction_id: "0mexa3b7kq2z", project: "cars", title: "small forest", model: "Forest" }];
const views = [{ name: "last week", search: { view: "last week", filter: "logged_at > '2026-11-20'" } }];
const labels = (text: string, project?: string) =>
  paletteItems(text, project, ["cars", "penguins"], [], views).map(({ label }) => label);

describe("the places that words may mean", () => {
  it("are pages and views of the project that is looked at, then projects", () => {
    expect(labels("", "cars").slice(0, 4)).toEqual([
      "Tracking table",
      "Model scoring table",
      "Explore",
      "All projects",
    ]);
    expect(labels("table")).toEqual([]);
    expect(labels("table", "cars")).toEqual(["Tracking table", "Model scoring table"]);
    expect(labels("CARS", "penguins")).toEqual(["cars"]);
    expect(labels("week view", "cars")).toEqual(["last week"]);
    expect(labels("week")).toEqual([]);
  });

  it("have all words, in any order", () => {
    expect(labels("scoring model", "cars")).toEqual(["Model scoring table"]);
    expect(labels("scoring trash", "cars")).toEqual([]);
  });

  it("end with the experiments that the server found", () => {
    const items = paletteItems("no such project", undefined, ["cars"], found, []);
    expect(items).toEqual([
      {
        key: "experiment 0mexa3b7kq2z",
        label: "small forest",
        detail: "Forest · cars · 0mexa3b7kq2z",
        target: { to: "/experiments/$id", id: "0mexa3b7kq2z" },
      },
    ]);
  });
});
