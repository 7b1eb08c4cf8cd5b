import type { Columns, Experiments, Score } from "../../api/types.js";
import type { ExploreSearch } from "../../search.js";
import { parameterStrength } from "./parameter-strength.js";

type Column = Columns["columns"][number];

/** As many axes as are drawn before anyone chooses. */
const usualAxes = 5;
/** Of more parameters than these, it is not looked what they do to the score. */
const maxCandidates = 30;
/** More values of a text are too many places on an axis. */
const maxTexts = 50;

/** What of a project is drawn against what. */
export interface ExploreChoice {
  /** The scores and parameters to choose from. */
  scores: Score[];
  parameters: Column[];
  score: Score | undefined;
  parameter: Column | undefined;
  axes: string[];
}

export interface ExploreCandidates {
  scores: Score[];
  parameters: Column[];
  score: Score | undefined;
  /** The parameters that may be shown, before it is known what they do to the score. */
  candidates: Column[];
}

/**
 * What can be drawn of a project: the score that the address asks for, else the primary one, and the parameters
 * that most experiments have.
 */
export function exploreCandidates(
  search: ExploreSearch,
  registry: readonly Score[],
  columns: readonly Column[],
  primary: readonly string[],
): ExploreCandidates {
  const scores = registry.filter(({ name }) =>
    columns.some((column) => column.name === name && column.count > 0),
  );
  const parameters = parametersOf(columns);
  const asked = new Set([...(search.axis ?? []), search.parameter]);
  const candidates = parameters.filter(({ name }, i) => i < maxCandidates || asked.has(name));
  return {
    scores,
    parameters,
    score:
      scores.find(({ name }) => name === search.score) ??
      scores.find(({ name }) => primary.includes(name)) ??
      scores[0],
    candidates,
  };
}

/**
 * What the address asks for where the project has it, else the parameters that the score goes with most among
 * the experiments that are drawn; those that do not differ between them are left out.
 */
export function exploreChoice(
  search: ExploreSearch,
  { scores, parameters, score, candidates }: ExploreCandidates,
  page: Experiments | undefined,
): ExploreChoice {
  const ranked =
    page && score
      ? candidates
          .map((column) => ({ column, strength: parameterStrength(page, score, column.name) ?? -1 }))
          .filter(({ strength }) => strength >= 0)
          .sort((a, b) => b.strength - a.strength)
          .map(({ column }) => column)
      : [];
  const shown = ranked.length > 0 ? ranked : candidates;
  const asked = (search.axis ?? []).filter((name) => parameters.some((each) => each.name === name));
  return {
    scores,
    parameters,
    score,
    parameter: parameters.find(({ name }) => name === search.parameter) ?? shown[0],
    axes: asked.length > 0 ? asked : shown.slice(0, usualAxes).map(({ name }) => name),
  };
}

/** What differs and is not another name for the experiment: those first that most have. */
function parametersOf(all: readonly Column[]): Column[] {
  return all
    .filter(
      ({ name, kind, distinct, count }) =>
        count > 0 && distinct > 1 && (kind === "parameter" || kind === "extra" || name === "model"),
    )
    .filter(({ type, distinct }) => type === "number" || distinct <= maxTexts)
    .sort((a, b) => b.count - a.count);
}

/** The columns that the charts need of each experiment. */
export function neededColumns({ score, candidates }: ExploreCandidates): string[] {
  const names = [
    "name",
    "model",
    "test_set_digest",
    "target_column",
    ...candidates.map(({ name }) => name),
    score?.name,
    ...(score?.binary_only ? ["positive_label"] : []),
  ];
  return [...new Set(names.filter((name) => name !== undefined))];
}
