import { MultiSelect } from "@mantine/core";

const mostCharts = 12;

/** Which metrics are drawn. */
export function MetricChoice({
  all,
  chosen,
  onChoose,
}: {
  all: readonly string[];
  chosen: readonly string[];
  onChoose: (chosen: string[]) => void;
}) {
  return (
    <MultiSelect
      size="xs"
      mb="xs"
      aria-label="Metrics that are drawn"
      placeholder="Metrics"
      data={[...new Set([...all, ...chosen])]}
      value={[...chosen]}
      onChange={onChoose}
      searchable
      maxValues={mostCharts}
      maxDropdownHeight={320}
    />
  );
}
