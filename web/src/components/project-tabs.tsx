import { Breadcrumbs, Group, Tabs, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { PageLink } from "./page-link.js";

const paths = {
  experiments: "/projects/$project",
  scores: "/projects/$project/scores",
  explore: "/projects/$project/explore",
} as const;

/** A project's name, its two tables, and what its parameters do. */
export function ProjectTabs({ project, active }: { project: string; active: keyof typeof paths }) {
  const navigate = useNavigate();
  const go = (tab: string | null) => {
    if (isTab(tab)) void navigate({ to: paths[tab], params: { project } });
  };
  return (
    <Group justify="space-between" align="flex-end" gap="xs">
      <Breadcrumbs>
        <PageLink to="/" size="sm">
          Projects
        </PageLink>
        <Title order={1} size="h4">
          {project}
        </Title>
      </Breadcrumbs>
      <Tabs value={active} onChange={go} variant="outline">
        <Tabs.List>
          <Tabs.Tab value="experiments">Experiments</Tabs.Tab>
          <Tabs.Tab value="scores">Leaderboard</Tabs.Tab>
          <Tabs.Tab value="explore">Explore</Tabs.Tab>
        </Tabs.List>
      </Tabs>
    </Group>
  );
}

function isTab(tab: string | null): tab is keyof typeof paths {
  return tab !== null && Object.hasOwn(paths, tab);
}
