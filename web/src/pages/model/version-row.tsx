import { Anchor, Badge, Group, Table, Text } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";

import type { ModelVersion } from "../../api/types.js";
import { PageLink } from "../../components/page-link.js";
import { showTime } from "../../components/show-cell.js";
import { Aliases } from "./aliases.js";
import { ComparedCell } from "./compared-cell.js";
import { ScoreCell } from "./score-cell.js";
import type { ChangeOfModel } from "./use-change-model.js";
import { VersionDetails } from "./version-details.js";
import classes from "./versions-table.module.css";

export interface VersionRowProps {
  model: string;
  version: ModelVersion;
  /** Whether the address is about it. */
  isAsked: boolean;
  isOpen: boolean;
  onToggle: () => void;
  change: ChangeOfModel;
}

/** A version, where it comes from, and how good it is: judged once it is seen. */
export function VersionRow({ model, version, isAsked, isOpen, onToggle, change }: VersionRowProps) {
  const { ref, inViewport } = useInViewport<HTMLTableRowElement>();
  const { version: number, experiment } = version;
  return (
    <>
      <Table.Tr ref={ref} className={classes.row ?? ""} data-asked={isAsked || undefined}>
        <Table.Th scope="row" style={{ whiteSpace: "nowrap" }}>
          {number}{" "}
          {version.stage !== "None" && (
            <Badge className={classes.whole} variant="default" radius="sm" size="sm" tt="none" fw={400}>
              {version.stage}
            </Badge>
          )}
        </Table.Th>
        <Table.Td>
          <Aliases version={version} onSet={change.setAlias} isWriting={change.isWriting} />
        </Table.Td>
        <Table.Td>{experiment && <ScoreCell experiment={experiment} isSeen={inViewport} />}</Table.Td>
        <Table.Td>
          <ComparedCell version={version} isSeen={inViewport} />
        </Table.Td>
        <Table.Td className={classes.name ?? ""}>
          {experiment ? (
            <PageLink to="/experiments/$id" params={{ id: experiment.prediction_id }} size="sm">
              {experiment.title}
            </PageLink>
          ) : (
            <Text size="sm" c="dimmed">
              none
            </Text>
          )}
        </Table.Td>
        <Table.Td className={classes.name ?? ""}>
          <RunOf version={version} />
        </Table.Td>
        <Table.Td style={{ whiteSpace: "nowrap" }}>{showTime(version.created_at)}</Table.Td>
        <Table.Td>
          <Anchor
            component="button"
            type="button"
            size="sm"
            aria-expanded={isOpen}
            aria-label={`More about version ${number}`}
            onClick={onToggle}
          >
            {isOpen ? "Less" : "More"}
          </Anchor>
        </Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr className={classes.details ?? ""}>
          <Table.Td colSpan={8}>
            <VersionDetails model={model} version={version} change={change} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function RunOf({ version: { run } }: { version: ModelVersion }) {
  if (run === null) {
    return (
      <Text size="sm" c="dimmed">
        none
      </Text>
    );
  }
  if (run.project === null) {
    return (
      <Text size="sm" c="dimmed" title={`the store has no run ${run.run_id}`}>
        {run.run_id}, which is not there
      </Text>
    );
  }
  return (
    <Group gap={0}>
      <PageLink to="/runs/$run" params={{ run: run.run_id }} size="sm">
        {run.title ?? run.run_id}
      </PageLink>
      <Text size="xs" c="dimmed" w="100%">
        {run.project}
      </Text>
    </Group>
  );
}
