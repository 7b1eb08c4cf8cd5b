import { Anchor, Button, Group, Table, Text } from "@mantine/core";
import { Fragment, lazy, Suspense, useState } from "react";

import { showBytes, showCount } from "../components/show-cell.js";

const ArtifactPreview = lazy(() => import("./artifact-preview.js"));

const atFirst = 50;

export interface ArtifactsProps {
  files: readonly { path: string; bytes: number }[];
  /** Where the bytes of a file are. */
  addressOf: (path: string) => string;
}

/** The files of a run or a model: each can be saved, and those of known kinds looked at. */
export function Artifacts({ files, addressOf }: ArtifactsProps) {
  const [open, setOpen] = useState<string>();
  const [shown, setShown] = useState(atFirst);
  if (files.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No file was kept.
      </Text>
    );
  }
  return (
    <>
      {/* Of a fixed layout, so that a wide preview scrolls and does not widen the page. */}
      <Table verticalSpacing={3} fz="sm" maw={900} layout="fixed">
        <Table.Tbody>
          {files.slice(0, shown).map(({ path, bytes }) => (
            <Fragment key={path}>
              <Table.Tr>
                <Table.Td style={{ overflowWrap: "anywhere" }}>
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    ta="left"
                    aria-expanded={open === path}
                    onClick={() => setOpen(open === path ? undefined : path)}
                  >
                    {path}
                  </Anchor>
                </Table.Td>
                <Table.Td w={90} ta="right" style={{ verticalAlign: "top", whiteSpace: "nowrap" }}>
                  {showBytes(bytes)}
                </Table.Td>
                <Table.Td w={70} style={{ verticalAlign: "top" }}>
                  <Anchor size="sm" href={addressOf(path)} download aria-label={`Save ${path}`}>
                    Save
                  </Anchor>
                </Table.Td>
              </Table.Tr>
              {open === path && (
                <Table.Tr>
                  <Table.Td colSpan={3}>
                    <Suspense fallback={null}>
                      <ArtifactPreview address={addressOf(path)} path={path} bytes={bytes} />
                    </Suspense>
                  </Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
      {files.length > shown && (
        <Group mt="xs">
          <Button size="compact-xs" variant="default" onClick={() => setShown(shown + 200)}>
            Show more of {showCount(files.length)}
          </Button>
        </Group>
      )}
    </>
  );
}
