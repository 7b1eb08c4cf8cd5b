import { Box, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useMatchRoute, useParams, useSearch } from "@tanstack/react-router";

import { modelsQuery, statusQuery } from "../../api/queries.js";
import { CopyText } from "../copy-text.js";
import { ProjectPicker } from "./project-picker.js";
import classes from "./shell.module.css";

/** The pages of the project that is looked at, and the store's name. */
export function SideBar({ project }: { project: string | undefined }) {
  const { data: status } = useQuery(statusQuery());
  return (
    <Stack h="100%" p="sm" gap="sm">
      <Box visibleFrom="lg">
        <ProjectPicker project={project} />
      </Box>
      <div className={classes.pages}>
        <Link to="/" activeOptions={{ exact: true, includeSearch: false }} className={classes.page}>
          All projects
        </Link>
        {project !== undefined && <ProjectPages project={project} />}
        <ModelsLink />
        <Link to="/trash" activeOptions={{ exact: true, includeSearch: false }} className={classes.page}>
          Trash
        </Link>
      </div>
      {status && (
        <Group className={classes.store} gap={4} wrap="nowrap" justify="space-between">
          <Text size="xs" c="dimmed" truncate title={status.store}>
            {status.store}
          </Text>
          <CopyText text={status.store} what="the store's address" />
        </Group>
      )}
    </Stack>
  );
}

/** Only where there are any: they come with MLflow's clients. */
function ModelsLink() {
  const { data = [] } = useQuery({ ...modelsQuery(), refetchInterval: false });
  if (data.length === 0) return null;
  return (
    <Link to="/models" activeOptions={{ includeSearch: false }} className={classes.page}>
      Models
    </Link>
  );
}

function ProjectPages({ project }: { project: string }) {
  // What is filtered and shown here is so there, too, unless it is about runs.
  const isOfRuns = useMatchRoute()({ to: "/projects/$project/runs" }) !== false;
  const search = useSearch({ strict: false });
  const { filter, show: beside, select, id } = isOfRuns ? {} : search;
  const { id: whole } = useParams({ strict: false });
  const show = whole ?? beside;
  const kept = { ...(filter === undefined ? {} : { filter }), ...(show === undefined ? {} : { show }) };
  const compared = select ?? id;
  const common = { params: { project }, activeOptions: { exact: true, includeSearch: false } };
  return (
    <>
      <Link to="/projects/$project" search={kept} {...common} className={classes.page}>
        Tracking table
      </Link>
      <Link to="/projects/$project/runs" search={{}} {...common} className={classes.page}>
        Runs
      </Link>
      <Link to="/projects/$project/scores" search={kept} {...common} className={classes.page}>
        Model scoring table
      </Link>
      <Link
        to="/compare"
        search={compared === undefined ? {} : { id: compared }}
        activeOptions={{ exact: true, includeSearch: false }}
        className={classes.page}
      >
        Compare
      </Link>
      <Link
        to="/projects/$project/explore"
        search={filter === undefined ? {} : { filter }}
        {...common}
        className={classes.page}
      >
        Explore
      </Link>
    </>
  );
}
