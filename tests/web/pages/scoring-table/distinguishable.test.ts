import { describe, expect, it } from "vitest";

import type { Leaderboard } from "../../../../web/src/api/types.js";
import { inWords } from "../../../../web/src/pages/scoring-table/distinguishable.js";

type Verdict = Leaderboard["rows"][number]["verdict"];
/** A board of which only what is read here is there. */
const board = (verdicts: readonly Verdict[], detectable: number | undefined, experiments = verdicts.length) =>
  ({
    experiments,
    rows: verdicts.map((verdict) => ({
      verdict,
      difference:
        verdict === "tied with the best" && detectable !== undefined
          ? { n: 1670, detectable: { difference: detectable } }
          : null,
    })),
  }) as Leaderboard;

describe("how far experiments are told apart", () => {
  it("names those that share the first place, and the difference that would show", () => {
    const some = board(["best", "tied with the best", "worse than the best"], 0.04937);
    expect(inWords(some, "F1 (macro)")).toBe(
      "The first 2 of 3 cannot be told apart by F1 (macro): they are in the order of the score, but share the first place. 1,670 samples would show a difference of about 0.049; smaller ones take more samples.",
    );
    expect(inWords(board(["best", "tied with the best"], undefined), "R²")).toBe(
      "All 2 cannot be told apart by R²: they are in the order of the score, but share the first place.",
    );
  });

  it("says of how many, where not all were judged", () => {
    expect(inWords(board(["best", "tied with the best"], undefined, 900), "R²")).toMatch(/^All 2 judged /);
  });

  it("says that the best is told apart from all, and nothing of one", () => {
    const clear = board(["best", "worse than the best"], undefined);
    expect(inWords(clear, "R²")).toBe("The best by R² is told apart from all others.");
    expect(inWords(board(["best"], undefined), "R²")).toBeUndefined();
    expect(inWords(board(["best", "cannot be tested"], undefined), "R²")).toBeUndefined();
  });
});
