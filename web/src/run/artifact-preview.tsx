import { Alert, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { readAnswer } from "../api/fetch-json.js";
import { ErrorBox } from "../components/error-box.js";
import { showBytes, showCounted } from "../components/show-cell.js";
import classes from "./console-output.module.css";
import { NotebookPreview } from "./notebook-preview.js";
import { type PreviewTable, readTable } from "./read-table.js";
import { TablePreview } from "./table-preview.js";

/** More than this is saved, not looked at. */
const mostBytes = 20_000_000;
const longestText = 200_000;

const images: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  svg: "image/svg+xml",
};

type Content =
  | { kind: "image"; bytes: ArrayBuffer; type: string }
  | { kind: "table"; table: PreviewTable }
  | { kind: "notebook"; text: string }
  | { kind: "text"; text: string }
  | { kind: "other" };

export interface ArtifactPreviewProps {
  /** Where its bytes are. */
  address: string;
  path: string;
  bytes: number;
}

/** What is in a file, as far as it can be shown; nothing of it runs. */
export default function ArtifactPreview({ address, path, bytes }: ArtifactPreviewProps) {
  const isLarge = bytes > mostBytes;
  const { data, error } = useQuery({
    queryKey: ["artifact", address, bytes],
    queryFn: async ({ signal }): Promise<Content> => {
      const response = await fetch(address, { signal });
      if (!response.ok) return readAnswer(response);
      return contentOf(path, await response.arrayBuffer());
    },
    enabled: !isLarge,
    staleTime: Infinity,
  });
  if (isLarge) {
    return (
      <Text size="xs" c="dimmed">
        {showBytes(bytes)} are too many to look at here: save the file.
      </Text>
    );
  }
  if (error) return <ErrorBox error={error} />;
  if (!data) return <Skeleton height={60} mt={4} />;
  switch (data.kind) {
    case "image":
      return <Picture bytes={data.bytes} type={data.type} path={path} />;
    case "table":
      return <TablePreview table={data.table} />;
    case "notebook":
      return <NotebookPreview text={data.text} />;
    case "text":
      return <PlainText text={data.text} />;
    case "other":
      return (
        <Alert variant="light" p="xs" mt={4}>
          This kind of file cannot be shown here: save it.
        </Alert>
      );
  }
}

async function contentOf(path: string, bytes: ArrayBuffer): Promise<Content> {
  const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? "";
  const type = images[ending];
  if (type !== undefined) return { kind: "image", bytes, type };
  if (ending === "parquet" || ending === "csv" || ending === "tsv") {
    const table = await readTable(ending, bytes);
    if (table) return { kind: "table", table };
  }
  const text = asText(bytes);
  if (text === undefined) return { kind: "other" };
  if (ending === "ipynb") return { kind: "notebook", text };
  if (ending === "json") return { kind: "text", text: indented(text) };
  return { kind: "text", text };
}

/** Text is well-formed UTF-8 without a zero byte. */
function asText(bytes: ArrayBuffer): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // JSON lines, or none
  }
}

/** An image, also an SVG, which runs no script there. */
function Picture({ bytes, type, path }: { bytes: ArrayBuffer; type: string; path: string }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  if (address === undefined) return null;
  return (
    <img
      src={address}
      alt={`Content of ${path}`}
      style={{ display: "block", maxWidth: "100%", maxHeight: 480, marginTop: 4 }}
    />
  );
}

function PlainText({ text }: { text: string }) {
  return (
    <>
      <pre className={classes.lines} style={{ maxHeight: 420, overflow: "auto" }} tabIndex={0}>
        {text.slice(0, longestText)}
      </pre>
      {text.length > longestText && (
        <Text size="xs" c="dimmed">
          the first of {showCounted(text.length, "character")}
        </Text>
      )}
    </>
  );
}
