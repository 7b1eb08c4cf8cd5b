import { Button, Code, CopyButton, Group, Paper, Stack, Text, Title } from "@mantine/core";

import type { Experiment } from "../api/types.js";

/** How to run it again: the commit, the script, and what was installed. */
export function Reproduce({ experiment }: { experiment: Experiment }) {
  const { git_commit: commit, git_dirty: isDirty, source, user, host, runtime } = experiment;
  const { language, version, packages } = runtime as {
    language?: string;
    version?: string;
    packages?: Record<string, string>;
  };
  const runner = language === "python" || source?.endsWith(".py") ? "python" : "node";
  const lines = [
    ...(commit ? [`git checkout ${commit}`] : []),
    ...(source ? [/\.\w+$/.test(source) ? `${runner} ${source}` : source] : []),
  ];
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="reproduce">
      <Title order={2} size="h5" id="reproduce" mb="xs">
        Reproduce
      </Title>
      <Stack gap={6}>
        {lines.length > 0 ? (
          <>
            <Code block>{lines.join("\n")}</Code>
            <CopyButton value={lines.join("\n")}>
              {({ copied, copy }) => (
                <Group>
                  <Button size="compact-xs" variant="default" onClick={copy}>
                    {copied ? "Copied" : "Copy"}
                  </Button>
                </Group>
              )}
            </CopyButton>
          </>
        ) : (
          <Text size="sm" c="dimmed">
            No script and no commit were recorded: it was logged from outside a git repository.
          </Text>
        )}
        {isDirty && (
          <Text size="sm">
            The code had changes that are in no commit: the commit alone does not reproduce it.
          </Text>
        )}
        <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {[user, host].filter(Boolean).join(" on ")}
          {language && ` · ${[language, version].filter(Boolean).join(" ")}`}
          {packages &&
            Object.keys(packages).length > 0 &&
            ` · ${Object.entries(packages)
              .map(([name, installed]) => `${name} ${installed}`)
              .join(", ")}`}
        </Text>
      </Stack>
    </Paper>
  );
}
