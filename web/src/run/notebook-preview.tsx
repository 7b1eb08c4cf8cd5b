import { Alert, Stack, Text } from "@mantine/core";

import classes from "./console-output.module.css";

interface Cell {
  kind: string;
  source: string;
  outputs: { text: string; image: string | undefined }[];
}

/** A notebook's cells and what they printed: as text and pictures, whatever else they hold. */
export function NotebookPreview({ text }: { text: string }) {
  const cells = cellsOf(text);
  if (!cells) {
    return (
      <Alert variant="light" p="xs" mt={4}>
        This is no notebook that can be read: save it.
      </Alert>
    );
  }
  return (
    <Stack gap={6} mt={4} maw={900}>
      {cells.map(({ kind, source, outputs }, i) => (
        <div key={i}>
          {kind === "code" ? (
            <pre className={classes.lines}>{source}</pre>
          ) : (
            <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
              {source}
            </Text>
          )}
          {outputs.map((output, k) =>
            output.image === undefined ? (
              <pre key={k} className={classes.lines} style={{ background: "none" }}>
                {output.text}
              </pre>
            ) : (
              <img key={k} src={output.image} alt={`output of cell ${i + 1}`} style={{ maxWidth: "100%" }} />
            ),
          )}
        </div>
      ))}
    </Stack>
  );
}

const longestCell = 20_000;

function cellsOf(text: string): Cell[] | undefined {
  try {
    const { cells } = JSON.parse(text) as { cells?: unknown };
    if (!Array.isArray(cells)) return undefined;
    return (cells as Record<string, unknown>[]).map((cell) => ({
      kind: String(cell["cell_type"]),
      source: joined(cell["source"]).slice(0, longestCell),
      outputs: (Array.isArray(cell["outputs"]) ? (cell["outputs"] as Record<string, unknown>[]) : []).map(
        outputOf,
      ),
    }));
  } catch {
    return undefined;
  }
}

function outputOf(output: Record<string, unknown>): Cell["outputs"][number] {
  const data = (output["data"] ?? {}) as Record<string, unknown>;
  for (const type of ["image/png", "image/jpeg"]) {
    const coded = joined(data[type]).replaceAll(/\s/g, "");
    if (/^[A-Za-z0-9+/=]+$/.test(coded)) return { text: "", image: `data:${type};base64,${coded}` };
  }
  const traceback = joined(output["traceback"], "\n");
  const said = joined(output["text"]) || joined(data["text/plain"]) || traceback;
  return { text: withoutColours(said).slice(0, longestCell), image: undefined };
}

/** A text, or its lines as a list. */
function joined(value: unknown, between = ""): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.map(String).join(between) : "";
}

function withoutColours(text: string): string {
  return text
    .split("\u001b[")
    .map((part, i) => (i === 0 ? part : part.replace(/^[0-9;]*m/, "")))
    .join("");
}
