import { Anchor, Breadcrumbs, Group, Tabs, Title } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";

/** A project's name and its two tables. */
export function ProjectTabs({ project, active }: { project: string; active: "experiments" | "scores" }) {
  const navigate = useNavigate();
  const go = (tab: string | null) =>
    void navigate({
      to: tab === "scores" ? "/projects/$project/scores" : "/projects/$project",
      params: { project },
    } as never);
  return (
    <Group justify="space-between" align="flex-end" gap="xs">
      <Breadcrumbs>
        <Anchor component={Link} to="/" size="sm">
          Projects
        </Anchor>
        <Title order={1} size="h4">
          {project}
        </Title>
      </Breadcrumbs>
      <Tabs value={active} onChange={go} variant="outline">
        <Tabs.List>
          <Tabs.Tab value="experiments">Experiments</Tabs.Tab>
          <Tabs.Tab value="scores">Model scores</Tabs.Tab>
        </Tabs.List>
      </Tabs>
    </Group>
  );
}
