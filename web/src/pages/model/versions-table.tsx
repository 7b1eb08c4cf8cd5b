import { Table } from "@mantine/core";
import { useState } from "react";

import type { Model } from "../../api/types.js";
import { SidewaysScroll } from "../../components/sideways-scroll.js";
import { useModelAddress } from "./address.js";
import type { ChangeOfModel } from "./use-change-model.js";
import { VersionRow } from "./version-row.js";

/** A page of a model's versions, the newest first. */
export function VersionsTable({ model, change }: { model: Model; change: ChangeOfModel }) {
  const { search } = useModelAddress();
  const asked = Number(search.version);
  const [toggled, setToggled] = useState<ReadonlySet<number>>(new Set());
  const toggle = (version: number) =>
    setToggled((before) => {
      const next = new Set(before);
      if (!next.delete(version)) next.add(version);
      return next;
    });
  return (
    <SidewaysScroll label="Table of versions">
      <Table verticalSpacing="xs" horizontalSpacing="sm" fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Version</Table.Th>
            <Table.Th>Aliases</Table.Th>
            <Table.Th>Primary score</Table.Th>
            <Table.Th>Is it better?</Table.Th>
            <Table.Th>Experiment</Table.Th>
            <Table.Th>Run</Table.Th>
            <Table.Th>Registered</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {model.versions.map((version) => (
            <VersionRow
              key={version.version}
              model={model.name}
              version={version}
              isAsked={version.version === asked}
              isOpen={toggled.has(version.version) !== (version.version === asked)}
              onToggle={() => toggle(version.version)}
              change={change}
            />
          ))}
        </Table.Tbody>
      </Table>
    </SidewaysScroll>
  );
}
