import { Paper, Select, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** What stands for the slices of all columns together. */
export const everyColumn = "";
/** The column of true labels or values, which every test set has. */
export const trueColumn = "y_true";
/** Above this many samples, a search of all columns takes seconds. */
export const searchedUpTo = 200_000;

export interface SlicesPanelProps {
  id: string;
  meaning: string;
  /** Undefined until they are known. */
  features: readonly string[] | undefined;
  /** Undefined where all columns together are not searched, and one is to be chosen. */
  everyColumnLabel: string | undefined;
  trueColumnLabel: string;
  by: string;
  onBy: (by: string) => void;
  /** Where there are no features: how to log them. */
  hint?: ReactNode;
  children: ReactNode;
}

/** Around slices: what they are, and by which column the test set is cut. */
export function SlicesPanel(props: SlicesPanelProps) {
  const { id, meaning, features, everyColumnLabel, trueColumnLabel, by, onBy, hint, children } = props;
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={id}>
      <Title order={2} size="h5" id={id}>
        Slices
      </Title>
      <Text size="sm" c="dimmed" mb="xs" maw={900}>
        {meaning}
      </Text>
      {features?.length === 0 && hint}
      {features && (
        <Select
          label="Look at"
          size="xs"
          w={{ base: "100%", sm: 280 }}
          mb="sm"
          searchable
          allowDeselect={false}
          data={[
            ...(features.length > 0 && everyColumnLabel !== undefined
              ? [{ value: everyColumn, label: everyColumnLabel }]
              : []),
            { value: trueColumn, label: trueColumnLabel },
            ...features.map((name) => ({ value: name, label: `By ${name}` })),
          ]}
          value={by}
          placeholder="Choose a column"
          onChange={(value) => onBy(value ?? everyColumn)}
        />
      )}
      {children}
    </Paper>
  );
}
