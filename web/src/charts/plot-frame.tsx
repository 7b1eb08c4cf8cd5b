import {
  Alert,
  Button,
  Group,
  Menu,
  Paper,
  Skeleton,
  Text,
  Title,
  useComputedColorScheme,
  VisuallyHidden,
} from "@mantine/core";
import { lazy, type ReactNode, Suspense, useId } from "react";

import type { ChartProps } from "./chart.js";

// The library that draws is the largest part of the pages, and a matrix or a table does without it.
const loadChart = () => import("./chart.js");
const Chart = lazy(async () => ({ default: (await loadChart()).Chart }));

export interface PlotFrameProps {
  title: string;
  /** What the plot shows, and how to read it, in a sentence. */
  meaning: string;
  /** What a person sees in it, in words and numbers: the plot's text alternative. */
  inWords: string;
  chart?: ChartProps | undefined;
  /** What is saved as a picture where the plot is shown as something else than a chart. */
  picture?: Pick<ChartProps, "option" | "height"> | undefined;
  /** The plot's data, row by row under a header. */
  table: readonly (readonly (string | number | null)[])[];
  fileName: string;
  controls?: ReactNode;
  children?: ReactNode;
  loading?: boolean;
  error?: Error | null;
  note?: string | undefined;
  /** Of its heading; by default 3, under a section's. */
  level?: 2 | 3;
}

/** Around every plot: title, meaning, what it shows in words, and its picture and data to take away. */
export function PlotFrame(props: PlotFrameProps) {
  const { title, meaning, inWords, chart, table, fileName, controls, children, loading, error, note } = props;
  const drawn = props.picture ?? chart;
  const scheme = useComputedColorScheme("light");
  const id = useId();
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={props.level ?? 3} size="h5" id={id}>
            {title}
          </Title>
          <Text size="xs" c="dimmed">
            {meaning}
          </Text>
        </div>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button size="compact-xs" variant="default" aria-label={`Save ${title}`} flex="none">
              Save
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {drawn &&
              (["png", "svg"] as const).map((kind) => (
                <Menu.Item key={kind} onClick={() => void savePicture(drawn, scheme, kind, fileName)}>
                  Picture ({kind.toUpperCase()})
                </Menu.Item>
              ))}
            <Menu.Item onClick={() => save(`${fileName}.csv`, csvAddress(table))}>Data (CSV)</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {controls && (
        <Group mt="xs" gap="sm">
          {controls}
        </Group>
      )}
      {error && (
        <Alert color="red" mt="sm" title="This plot cannot be drawn">
          {error.message}
        </Alert>
      )}
      {loading && <Skeleton height={chart?.height ?? 240} mt="sm" />}
      {!loading && !error && chart && (
        <Suspense fallback={<Skeleton height={chart.height} mt="sm" />}>
          <Chart {...chart} />
        </Suspense>
      )}
      {!loading && !error && children}
      <VisuallyHidden>{inWords}</VisuallyHidden>
      {note && (
        <Text size="xs" c="dimmed" mt={4}>
          {note}
        </Text>
      )}
    </Paper>
  );
}

async function savePicture(
  { option, height }: Pick<ChartProps, "option" | "height">,
  scheme: "light" | "dark",
  kind: "png" | "svg",
  fileName: string,
): Promise<void> {
  const { drawPicture } = await loadChart();
  save(`${fileName}.${kind}`, drawPicture(option, scheme, kind, height));
}

function save(name: string, address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

function csvAddress(table: PlotFrameProps["table"]): string {
  const text = table.map((row) => `${row.map(csvCell).join(",")}\n`).join("");
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return address;
}

function csvCell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
