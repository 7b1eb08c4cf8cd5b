import { Button, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { samplesQuery } from "../api/queries.js";
import type { Experiment, SampleRow, Samples } from "../api/types.js";
import {
  type ChosenFilter,
  chosenFilters,
  type SampleColumn,
  SamplesSection,
  WrongLabel,
} from "../components/samples-section.js";
import { showNumber } from "../components/show-cell.js";
import { type ExperimentSearch, sampleFilters } from "../search.js";
import { useExperimentAddress } from "./address.js";

/** Rows on a page: few below the plots, more in the panel beside a click, which scrolls by itself. */
const pageSizes = { all: 20, clicked: 50 };

/** The samples themselves: all, or those behind the plot's cell that was clicked. */
export default function SamplesTable({ experiment }: { experiment: Experiment }) {
  const { search, change } = useExperimentAddress();
  const offset = Number(search.offset ?? 0);
  const chosen = chosenFilters(search, sampleFilters);
  // A switch of the table's own, not what a click on a plot chose.
  const clicked = chosen.filter(({ name }) => name !== "correct");
  const pageSize = clicked.length > 0 ? pageSizes.clicked : pageSizes.all;
  const onlyErrors = search.correct === "false";
  const withFeatures = search.features === "true" || search.slice !== undefined;
  const { data, error, isPending } = useQuery(
    samplesQuery(experiment.prediction_id, {
      ...Object.fromEntries(chosen.map(({ name, value }) => [name, value])),
      open: search.open ?? [],
      sample_id: search.sample_id || undefined,
      class: search.class,
      features: withFeatures ? "true" : undefined,
      order: search.order ?? "row",
      descending: search.descending,
      limit: pageSize,
      offset,
    }),
  );
  const hasFeatures = (data?.feature_names.length ?? 0) > 0;
  return (
    <SamplesSection
      page={data}
      columns={columnsOf(experiment, data, search, change)}
      error={error}
      isPending={isPending}
      chosen={clicked}
      conditions={clicked.map((filter) => inWords(filter, data?.slice))}
      onShowAll={() => change(allSamples)}
      offset={offset}
      pageSize={pageSize}
      onOffset={(next) => change({ offset: String(next) })}
      controls={
        <>
          {clicked.length === 0 && experiment.kind === "classification" && (
            <Switch
              size="xs"
              label="Errors only"
              checked={onlyErrors}
              onChange={(event) =>
                change(
                  { correct: event.currentTarget.checked ? "false" : undefined, offset: undefined },
                  true,
                )
              }
            />
          )}
          {hasFeatures && search.slice === undefined && (
            <Switch
              size="xs"
              label="Features"
              checked={withFeatures}
              onChange={(event) =>
                change({ features: event.currentTarget.checked ? "true" : undefined }, true)
              }
            />
          )}
          {clicked.length === 0 && (
            <TextInput
              size="xs"
              aria-label="Search sample ids"
              placeholder="Search sample ids"
              value={search.sample_id ?? ""}
              onChange={(event) => change({ sample_id: event.currentTarget.value, offset: undefined }, true)}
            />
          )}
        </>
      }
    />
  );
}

const allSamples: ExperimentSearch = {
  ...Object.fromEntries(sampleFilters.filter((name) => name !== "correct").map((name) => [name, undefined])),
  open: undefined,
  offset: undefined,
};

type ColumnName = Exclude<keyof SampleRow, "features">;

/** Columns whose head sorts by them, then the features where they were asked for. */
function columnsOf(
  experiment: Experiment,
  data: Samples | undefined,
  { order = "row", descending }: ExperimentSearch,
  change: (changes: ExperimentSearch) => void,
): SampleColumn<SampleRow>[] {
  const rows = data?.rows ?? [];
  const features = data && rows.some((row) => row.features.length > 0) ? data.feature_names : [];
  const direction = descending === "true" ? "descending" : "ascending";
  const sortBy = (name: string) =>
    change({
      order: name,
      descending: order === name && descending !== "true" ? "true" : undefined,
      offset: undefined,
    });
  const isClassification = experiment.kind === "classification";
  return [
    ...columnNames(experiment, rows).map(
      (name): SampleColumn<SampleRow> => ({
        key: name,
        sorted: order === name ? direction : undefined,
        head: (
          <Button variant="transparent" c="inherit" size="compact-sm" px={0} onClick={() => sortBy(name)}>
            {name}
            {order === name ? (descending === "true" ? " ↓" : " ↑") : ""}
          </Button>
        ),
        cell: (row: SampleRow) =>
          name === "y_pred" && isClassification && row.y_pred !== row.y_true ? (
            <WrongLabel label={String(row.y_pred)} />
          ) : (
            cellText(row[name])
          ),
      }),
    ),
    ...features.map((name, i) => ({
      key: `feature ${name}`,
      head: name,
      fontWeight: 500,
      cell: (row: SampleRow) => cellText(row.features[i] ?? null),
    })),
  ];
}

function columnNames(experiment: Experiment, rows: readonly SampleRow[]): ColumnName[] {
  const hasIds = rows.some(({ sample_id: id }) => id !== null);
  const hasScores = rows.some(({ y_score: score }) => score !== null);
  return [
    hasIds ? "sample_id" : "row",
    "y_true",
    "y_pred",
    ...(hasScores ? (["y_score"] as const) : []),
    ...(experiment.kind === "regression" ? (["error"] as const) : []),
  ];
}

function cellText(value: string | number | boolean | null): string {
  if (value === null) return "";
  return typeof value === "number" ? showNumber(value) : String(value);
}

const words: Partial<Record<string, string>> = {
  true_label: "true label",
  predicted_label: "predicted as",
};

/** @param slice the conditions of a slice, as the server says them */
function inWords({ name, value }: ChosenFilter, slice: string | null | undefined): string {
  if (name === "slice") return slice ?? "";
  const [, column, bound] = /^(.*)_(min|max)$/.exec(name) ?? [];
  if (column === undefined) return `${words[name] ?? name} ${value}`;
  return `${column} ${bound === "min" ? "from" : "to"} ${showNumber(Number(value))}`;
}
