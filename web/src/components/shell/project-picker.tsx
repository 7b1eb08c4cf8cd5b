import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { projectsQuery } from "../../api/queries.js";
import { projectHome } from "../project-home.js";

/** Which project is looked at: searched by typing, and always in reach. */
export function ProjectPicker({ project }: { project: string | undefined }) {
  const navigate = useNavigate();
  const { data } = useQuery(projectsQuery());
  const projects = data?.projects ?? [];
  const names = projects.map(({ project: name }) => name);
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
        if (chosen === null) return;
        const of = projects.find(({ project: name }) => name === chosen);
        void navigate({ to: of ? projectHome(of) : "/projects/$project", params: { project: chosen } });
      }}
      comboboxProps={{ width: 260, position: "bottom-start" }}
    />
  );
}
