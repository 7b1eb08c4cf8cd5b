import { Anchor, Breadcrumbs, Group, Tabs, Title } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";

const paths = {
  experiments: "/projects/$project",
  scores: "/projects/$project/scores",
  explore: "/projects/$project/explore",
} as const;

/** A project's name, its two tables, and what its parameters do. */
export function ProjectTabs({ project, active }: { project: string; active: keyof typeof paths }) {
  const navigate = useNavigate();
  const go = (tab: string | null) => {
    if (tab !== null && tab in paths) {
      void navigate({ to: paths[tab as keyof typeof paths], params: { project } } as never);
    }
  };
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
          <Tabs.Tab value="explore">Explore</Tabs.Tab>
        </Tabs.List>
      </Tabs>
    </Group>
  );
}
