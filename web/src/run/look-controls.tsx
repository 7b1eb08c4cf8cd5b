import { Group, SegmentedControl, Slider, Switch, Text } from "@mantine/core";

import type { LookState } from "./use-look.js";

const whatSmoothingIs =
  "Each value becomes the mean of it and those before, of which each weighs this share of the next. " +
  "A series of more than 500 points is smoothed by 500 parts of it.";

/** How all charts of a page are drawn. */
export function LookControls({ look, onLook }: LookState) {
  return (
    <Group gap="md" style={{ rowGap: 8 }}>
      <Group gap={8} wrap="nowrap" title={whatSmoothingIs}>
        <Text size="sm" id="smoothing">
          Smoothing
        </Text>
        <Slider
          w={120}
          size="sm"
          min={0}
          max={0.99}
          step={0.01}
          value={look.smoothing}
          label={(value) => value.toFixed(2)}
          thumbLabel="Smoothing"
          onChange={(smoothing) => onLook({ ...look, smoothing }, true)}
          onChangeEnd={(smoothing) => onLook({ ...look, smoothing })}
        />
      </Group>
      <SegmentedControl
        size="xs"
        aria-label="Along the axis"
        value={look.x}
        onChange={(x) => onLook({ ...look, x })}
        data={[
          { value: "step", label: "Step" },
          { value: "seconds", label: "Relative time" },
          { value: "time", label: "Time" },
        ]}
      />
      <Group gap="sm" wrap="nowrap">
        <Switch
          size="xs"
          label="log x"
          checked={look.logX}
          disabled={look.x === "time"}
          onChange={(event) => onLook({ ...look, logX: event.currentTarget.checked })}
        />
        <Switch
          size="xs"
          label="log y"
          checked={look.logY}
          onChange={(event) => onLook({ ...look, logY: event.currentTarget.checked })}
        />
      </Group>
    </Group>
  );
}
