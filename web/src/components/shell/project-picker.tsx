import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { projectsQuery } from "../../api/queries.js";

/** Which project is looked at: searched by typing, and always in reach. */
export function ProjectPicker({ project }: { project: string | undefined }) {
  const navigate = useNavigate();
  const { data } = useQuery(projectsQuery());
  const names = data?.projects.map(({ project: name }) => name) ?? [];
  const options = project === undefined || names.includes(project) ? names : [project, ...names];
  return (
    <Select
      size="xs"
      aria-label="Project"
      placeholder="Choose a project"
      nothingFoundMessage="No such project"
      searchable
      allowDeselect={false}
      limit={200}
      data={options}
      value={project ?? null}
      onChange={(chosen) => {
        if (chosen !== null) void navigate({ to: "/projects/$project", params: { project: chosen } });
      }}
      comboboxProps={{ width: 260, position: "bottom-start" }}
    />
  );
}
