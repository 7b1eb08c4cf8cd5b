import { useQuery } from "@tanstack/react-query";

import { differingSamplesQuery, type Pair } from "../../api/queries.js";
import type { Comparison, DifferingSamples as Samples } from "../../api/types.js";
import {
  type ChosenFilter,
  chosenFilters,
  type SampleColumn,
  SamplesSection,
  WrongLabel,
} from "../../components/samples-section.js";
import { showNumber } from "../../components/show-cell.js";
import { pairFilters } from "../../search.js";
import { useComparisonAddress } from "./address.js";
import { chosenSamples, type PairFilter } from "./chosen-samples.js";
import { Letter } from "./letter.js";

const pageSize = 25;

/** The samples behind what was clicked, with both predictions; all, while nothing was. */
export function DifferingSamples({ pair, kind }: { pair: Pair; kind: Comparison["kind"] }) {
  const { search, change } = useComparisonAddress();
  const offset = Number(search.offset ?? 0);
  const chosen = chosenFilters(search, pairFilters);
  const { data, error, isPending } = useQuery(
    differingSamplesQuery(pair, {
      ...Object.fromEntries(chosen.map(({ name, value }) => [name, value])),
      open: search.open ?? [],
      limit: pageSize,
      offset,
    }),
  );
  return (
    <SamplesSection
      page={data}
      columns={columnsOf(data?.rows ?? [], kind)}
      error={error}
      isPending={isPending}
      remark={
        kind === "regression"
          ? ", those first on which the errors differ most"
          : ", those first on which the two differ"
      }
      chosen={chosen}
      conditions={chosen.map(inWords)}
      onShowAll={() => change(chosenSamples({}))}
      offset={offset}
      pageSize={pageSize}
      onOffset={(next) => change({ offset: String(next) })}
    />
  );
}

type Row = Samples["rows"][number];

function columnsOf(rows: readonly Row[], kind: Comparison["kind"]): SampleColumn<Row>[] {
  const predicted = (letter: "A" | "B"): SampleColumn<Row> => ({
    key: letter,
    head: (
      <>
        <Letter letter={letter} /> y_pred
      </>
    ),
    cell: (row) => <Prediction value={letter === "A" ? row.a : row.b} truth={row.y_true} />,
  });
  const error = (letter: "A" | "B"): SampleColumn<Row> => ({
    key: `error of ${letter}`,
    head: `error of ${letter}`,
    cell: (row) => brief(Number(letter === "A" ? row.a : row.b) - Number(row.y_true)),
  });
  return [
    {
      key: "sample_id",
      head: rows.some((row) => row.sample_id !== null) ? "sample_id" : "row",
      cell: (row) => String(row.sample_id ?? row.row),
    },
    { key: "y_true", head: "y_true", cell: (row) => brief(row.y_true) },
    predicted("A"),
    predicted("B"),
    ...(kind === "regression" ? [error("A"), error("B")] : []),
  ];
}

function Prediction({ value, truth }: { value: string | number; truth: string | number }) {
  return typeof value === "number" || value === truth ? brief(value) : <WrongLabel label={value} />;
}

function brief(value: string | number): string {
  return typeof value === "number" ? showNumber(value) : value;
}

const outcomes: Partial<Record<string, string>> = {
  both_right: "both right",
  only_a_right: "only A right",
  only_b_right: "only B right",
  both_wrong: "both wrong",
  a_nearer: "A nearer",
  b_nearer: "B nearer",
  equally_near: "both equally near",
};
const words: Record<Exclude<PairFilter, "agreement" | "nearer">, string> = {
  true_label: "true label",
  a_label: "A predicts",
  b_label: "B predicts",
  y_true_min: "true value from",
  y_true_max: "true value to",
  error_a_min: "error of A from",
  error_a_max: "error of A to",
  error_b_min: "error of B from",
  error_b_max: "error of B to",
};

function inWords({ name, value }: ChosenFilter<PairFilter>): string {
  if (name === "agreement" || name === "nearer") return outcomes[value] ?? value;
  return `${words[name]} ${/_(min|max)$/.test(name) ? brief(Number(value)) : value}`;
}
