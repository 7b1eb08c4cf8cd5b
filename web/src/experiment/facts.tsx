import { Code, CopyButton, Paper, Stack, Table, Text, Title, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";

import type { Experiment } from "../api/types.js";
import { showCount } from "../components/show-cell.js";

/** What was logged, and how to run it again. */
export function Facts({ experiment }: { experiment: Experiment }) {
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="facts">
      <Title order={2} size="h5" id="facts" mb="xs">
        Parameters and data
      </Title>
      <Table verticalSpacing={3} fz="sm" layout="fixed">
        <Table.Tbody>
          <Fact name="Prediction id">
            <CopyButton value={experiment.prediction_id}>
              {({ copied, copy }) => (
                <UnstyledButton onClick={copy} fz="sm" title="Copy">
                  <Code>{experiment.prediction_id}</Code> {copied ? "copied" : ""}
                </UnstyledButton>
              )}
            </CopyButton>
          </Fact>
          <Fact name="Model">{experiment.model}</Fact>
          <Settings settings={experiment.model_parameters} />
          <Fact name="Dataset">{experiment.dataset_uri}</Fact>
          <Fact name="Target">{experiment.target_column}</Fact>
          <Fact name="Test set">
            {showCount(experiment.samples)} samples, digest{" "}
            <Code>{experiment.test_set_digest.slice(0, 12)}</Code>
          </Fact>
          {experiment.positive_label !== null && (
            <Fact name="Positive class">{experiment.positive_label}</Fact>
          )}
          <Settings settings={experiment.extra_parameters} />
        </Table.Tbody>
      </Table>
      <Title order={3} size="h6" mt="md" mb={4}>
        Run details
      </Title>
      <Reproduce experiment={experiment} />
    </Paper>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} c="dimmed" w="40%">
        {name}
      </Table.Th>
      <Table.Td style={{ overflowWrap: "anywhere" }}>{children}</Table.Td>
    </Table.Tr>
  );
}

/** A mapping's entries, nested ones with their path. */
function Settings({ settings }: { settings: Record<string, unknown> }) {
  return flat(settings).map(([name, value]) => (
    <Fact key={name} name={name}>
      {value}
    </Fact>
  ));
}

function flat(settings: object, path = ""): [string, string][] {
  return Object.entries(settings).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const name = path === "" ? key : `${path}.${key}`;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return flat(value, name);
    return [[name, typeof value === "string" ? value : JSON.stringify(value)]];
  });
}

function Reproduce({ experiment }: { experiment: Experiment }) {
  const { git_commit: commit, source, user, host, runtime } = experiment;
  const { language, version, packages } = runtime as {
    language?: string;
    version?: string;
    packages?: Record<string, string>;
  };
  const runner = language === "python" ? "python" : "node";
  const lines = [
    ...(commit ? [`git checkout ${commit}`] : []),
    ...(source ? [/\.\w+$/.test(source) ? `${runner} ${source}` : source] : []),
  ];
  return (
    <Stack gap={4}>
      {lines.length > 0 ? (
        <Code block>{lines.join("\n")}</Code>
      ) : (
        <Text size="sm" c="dimmed">
          No script and no commit were recorded: it was logged from outside a git repository.
        </Text>
      )}
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {[user, host].filter(Boolean).join(" on ")}
        {language && ` · ${language} ${version ?? ""}`}
        {packages &&
          ` · ${Object.entries(packages)
            .map(([name, installed]) => `${name} ${installed}`)
            .join(", ")}`}
      </Text>
    </Stack>
  );
}
