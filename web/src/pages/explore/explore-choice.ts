import type { Columns, Score } from "../../api/types.js";
import type { ExploreSearch } from "../../search.js";

type Column = Columns["columns"][number];

/** As many axes as are drawn before anyone chooses. */
const usualAxes = 5;
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

/**
 * What the address asks for where the project has it, else a score and the parameters that most experiments
 * have.
 */
export function exploreChoice(
  search: ExploreSearch,
  registry: readonly Score[],
  columns: readonly Column[],
): ExploreChoice {
  const scores = registry.filter(({ name }) =>
    columns.some((column) => column.name === name && column.count > 0),
  );
  const parameters = parametersOf(columns);
  const asked = (search.axis ?? []).filter((name) => parameters.some((each) => each.name === name));
  return {
    scores,
    parameters,
    score:
      scores.find(({ name }) => name === search.score) ??
      scores.find(({ name }) => name === "f1_macro" || name === "r2") ??
      scores[0],
    parameter: parameters.find(({ name }) => name === search.parameter) ?? parameters[0],
    axes: asked.length > 0 ? asked : parameters.slice(0, usualAxes).map(({ name }) => name),
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
export function neededColumns({ score, parameter, axes }: ExploreChoice): string[] {
  const names = [
    "name",
    "model",
    "test_set_digest",
    "target_column",
    ...axes,
    parameter?.name,
    score?.name,
    ...(score?.binary_only ? ["positive_label"] : []),
  ];
  return [...new Set(names.filter((name) => name !== undefined))];
}
