import { ActionIcon, Group, Select } from "@mantine/core";

import type { Experiment } from "../../api/types.js";
import { useComparisonAddress } from "./address.js";
import { Letter } from "./letter.js";

/** Which two are compared: A, what there was before, and B, what may be better. */
export function ChoosePair({
  experiments,
  a,
  b,
}: {
  experiments: readonly Experiment[];
  a: string;
  b: string;
}) {
  const { change } = useComparisonAddress();
  const options = experiments.map((experiment) => ({
    value: experiment.prediction_id,
    label: `${experiment.name ?? experiment.model} · ${experiment.prediction_id}`,
  }));
  const choose = (changes: { a: string; b: string }) =>
    change({ ...changes, agreement: undefined, nearer: undefined, offset: undefined });
  const select = (letter: "A" | "B", value: string, other: string) => (
    <Select
      label={
        <>
          <Letter letter={letter} /> {letter === "A" ? "baseline" : "candidate"}
        </>
      }
      aria-label={`Experiment ${letter}`}
      data={options}
      value={value}
      allowDeselect={false}
      searchable={options.length > 5}
      w={{ base: "100%", sm: 380 }}
      onChange={(id) => {
        if (id === null) return;
        const swapped = id === other ? value : other;
        choose(letter === "A" ? { a: id, b: swapped } : { a: swapped, b: id });
      }}
    />
  );
  return (
    <Group gap="sm" align="flex-end">
      {select("A", a, b)}
      <ActionIcon
        variant="default"
        size="lg"
        aria-label="Swap A and B"
        title="Swap A and B"
        onClick={() => choose({ a: b, b: a })}
      >
        ⇄
      </ActionIcon>
      {select("B", b, a)}
    </Group>
  );
}
