/** What an address says after `?`, before a page reads it: a name given twice is a list. */
export type RawSearch = Record<string, string | string[] | undefined>;

/** @example parseSearch("?sort=r2:desc&sort=name:asc&filter=r2+%3E+0") // { sort: ["r2:desc", "name:asc"], filter: "r2 > 0" } */
export function parseSearch(text: string): RawSearch {
  const search: RawSearch = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = Object.hasOwn(search, name) ? search[name] : undefined;
    const next = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
    // Not an assignment: `__proto__` is a name like any other here.
    Object.defineProperty(search, name, {
      value: next,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return search;
}

/** The opposite of parseSearch; what is undefined or empty is left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === "") continue;
    for (const item of Array.isArray(value) ? value : [value]) query.append(name, String(item));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

type PageSearch<Text extends string, List extends string> = { [Name in Text]?: string | undefined } & {
  [Name in List]?: string[] | undefined;
};

/**
 * Reads what a page knows: of each text the first value, of each list all. Other names stay in the address.
 */
function searchOf<const Text extends string, const List extends string = never>(
  texts: readonly Text[],
  lists: readonly List[] = [],
): (given: Record<string, unknown>) => PageSearch<Text, List> {
  return (given) => {
    const foundTexts: { [Name in Text]?: string | undefined } = {};
    for (const name of texts) {
      const [first] = valuesOf(given[name]);
      if (first !== undefined) foundTexts[name] = first;
    }
    const foundLists: { [Name in List]?: string[] | undefined } = {};
    for (const name of lists) {
      const values = valuesOf(given[name]);
      if (values.length > 0) foundLists[name] = values;
    }
    return { ...given, ...foundTexts, ...foundLists };
  };
}

function valuesOf(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((each) => typeof each === "string");
}

/** Which samples of one experiment are shown, by what a plot's cell stands for. */
export const sampleFilters = [
  "true_label",
  "predicted_label",
  "correct",
  "y_score_min",
  "y_score_max",
  "y_true_min",
  "y_true_max",
  "y_pred_min",
  "y_pred_max",
  "error_min",
  "error_max",
  "slice",
] as const;

/** Which samples of two experiments are shown. */
export const pairFilters = [
  "agreement",
  "nearer",
  "true_label",
  "a_label",
  "b_label",
  "y_true_min",
  "y_true_max",
  "error_a_min",
  "error_a_max",
  "error_b_min",
  "error_b_max",
] as const;

export const projectsSearch = searchOf(["q"]);
export const modelsSearch = searchOf(["q"]);
/** `version` is the one that a link is about: the page of the table that has it, with all that is said of it. */
export const modelSearch = searchOf(["offset", "version"]);
export const trashSearch = searchOf(["offset"]);
/** What of the tracking table's address is its look, which a view keeps under a name. */
export const viewTexts = ["filter", "differ"] as const;
export const viewLists = ["sort", "group", "value", "column", "pin", "width"] as const;
export const trackingSearch = searchOf(
  [...viewTexts, "view", "show", "pane", "cells"],
  [...viewLists, "select"],
);
export const scoringSearch = searchOf(["filter", "rank", "margin", "scores", "show", "pane", "cells"]);
export const exploreSearch = searchOf(["filter", "set", "score", "parameter", "log"], ["axis"]);
export const runsSearch = searchOf(
  ["filter", "sort", "group", "band", "by", "offset", "x", "smoothing", "log"],
  ["select", "hide", "metric", "column"],
);
export const runComparisonSearch = searchOf(["everything", "x", "smoothing", "log"], ["run", "metric"]);
export const runSearch = searchOf(["x", "smoothing", "log", "system_x", "system_smoothing", "system_log"]);
export const comparisonSearch = searchOf(
  ["a", "b", "shared", "score", "margin", "everything", "class", "by", "offset", ...pairFilters],
  ["id", "open"],
);
export const experimentSearch = searchOf(
  [
    "class",
    "bins",
    "cells",
    "gain",
    "threshold",
    "by",
    "find",
    "offset",
    "order",
    "descending",
    "features",
    "sample_id",
    ...sampleFilters,
  ],
  ["open"],
);

export type ProjectsSearch = ReturnType<typeof projectsSearch>;
export type ModelsSearch = ReturnType<typeof modelsSearch>;
export type ModelSearch = ReturnType<typeof modelSearch>;
export type TrashSearch = ReturnType<typeof trashSearch>;
export type TrackingSearch = ReturnType<typeof trackingSearch>;
export type ScoringSearch = ReturnType<typeof scoringSearch>;
export type RunsSearch = ReturnType<typeof runsSearch>;
export type RunSearch = ReturnType<typeof runSearch>;
export type RunComparisonSearch = ReturnType<typeof runComparisonSearch>;
export type ExploreSearch = ReturnType<typeof exploreSearch>;
export type ComparisonSearch = ReturnType<typeof comparisonSearch>;
export type ExperimentSearch = ReturnType<typeof experimentSearch>;
