import { describe, expect, it } from "vitest";

import { paletteItems } from "../../../web/src/components/palette/palette-items.js";

const found = [{ prediction_id: "0mexa3b7kq2z", project: "cars", title: "small forest", model: "Forest" }];
const views = [{ name: "last week", search: { view: "last week", filter: "logged_at > '2026-11-20'" } }];
const projects = [
  { project: "cars", experiments: 3, runs: 2 },
  { project: "penguins", experiments: 0, runs: 2 },
];
const labels = (text: string, project?: string) =>
  paletteItems(text, project, projects, { experiments: [], runs: [] }, views).map(({ label }) => label);

describe("the places that words may mean", () => {
  it("are pages and views of the project that is looked at, then projects", () => {
    expect(labels("", "cars").slice(0, 5)).toEqual([
      "Tracking table",
      "Runs",
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

  it("lead to the runs of a project that has nothing else", () => {
    const targets = ["cars", "penguins"].flatMap((text) =>
      paletteItems(text, undefined, projects, { experiments: [], runs: [] }, []).map(({ target }) => target),
    );
    expect(targets).toEqual([
      { to: "/projects/$project", project: "cars" },
      { to: "/projects/$project/runs", project: "penguins" },
    ]);
  });

  it("have all words, in any order", () => {
    expect(labels("scoring model", "cars")).toEqual(["Model scoring table"]);
    expect(labels("scoring trash", "cars")).toEqual([]);
  });

  it("end with the experiments and runs that the server found", () => {
    const runs = [{ run_id: "hrh1807eskf0046m", project: "cars", title: "seed 3" }];
    const items = paletteItems("no such project", undefined, projects, { experiments: found, runs }, []);
    expect(items).toEqual([
      {
        key: "experiment 0mexa3b7kq2z",
        label: "small forest",
        detail: "Forest · cars · 0mexa3b7kq2z",
        target: { to: "/experiments/$id", id: "0mexa3b7kq2z" },
      },
      {
        key: "run hrh1807eskf0046m",
        label: "seed 3",
        detail: "run · cars · hrh1807eskf0046m",
        target: { to: "/runs/$run", id: "hrh1807eskf0046m" },
      },
    ]);
  });
});
