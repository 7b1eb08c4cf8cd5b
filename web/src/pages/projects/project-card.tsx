import { Badge, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { scoresQuery } from "../../api/queries.js";
import type { Projects } from "../../api/types.js";
import { PageLink } from "../../components/page-link.js";
import { directionMark } from "../../components/positive-class.js";
import { projectHome } from "../../components/project-home.js";
import { showAgo, showCount, showCounted, showScore, showTime } from "../../components/show-cell.js";
import { Course } from "./course.js";
import classes from "./project-card.module.css";

type Project = Projects["projects"][number];

export interface ProjectCardProps {
  project: Project;
  /** Milliseconds since 1970. */
  now: number;
}

const mostPeople = 4;

/** A project: what it is, the best of it and how that came about, when and by whom it was worked on. */
export function ProjectCard({ project, now }: ProjectCardProps) {
  const { experiments, runs, running, kinds, starred, users, last_activity_at: last } = project;
  return (
    <li className={classes.card}>
      <div className={classes.name}>
        <PageLink
          to={projectHome(project)}
          params={{ project: project.project }}
          fw={600}
          style={{ overflowWrap: "anywhere" }}
        >
          {project.project}
        </PageLink>
        {project.mlflow_name !== null && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            in MLflow: {project.mlflow_name}
          </Text>
        )}
        <Group gap={4} mt={2}>
          {kinds.map((kind) => (
            <Badge key={kind} size="xs" variant="default" tt="none" fw={400}>
              {kind}
            </Badge>
          ))}
        </Group>
      </div>
      <Best project={project} />
      <div>
        <Text size="sm">
          {(experiments > 0 || runs === 0) && showCounted(experiments, "experiment")}
          {starred > 0 && ` · ★ ${showCount(starred)}`}
          {experiments > 0 && runs > 0 && " · "}
          {runs > 0 && (
            <PageLink
              to="/projects/$project/runs"
              params={{ project: project.project }}
              size="sm"
              underline="always"
            >
              {showCounted(runs, "run")}
            </PageLink>
          )}
          {running > 0 && `, ${showCount(running)} going on`}
        </Text>
        <Text size="xs" c="dimmed" title={last === null ? undefined : showTime(last)}>
          {last !== null && showAgo(last, now)}
          {users.length > 0 && ` · ${people(users)}`}
        </Text>
      </div>
    </li>
  );
}

/** Who logged last, and how many others. */
function people(users: readonly string[]): string {
  const others = users.length - mostPeople;
  return [...users.slice(0, mostPeople), ...(others > 0 ? [`${others} more`] : [])].join(", ");
}

function Best({ project: { project, best, course, last_logged_at: until } }: { project: Project }) {
  const { data: registry = [] } = useQuery(scoresQuery());
  if (!best) return <div className={classes.best} />;
  const title = registry.find(({ name }) => name === best.score)?.title ?? best.score;
  const first = course[0];
  return (
    <div className={classes.best}>
      <div>
        <Text size="xs" c="dimmed">
          {title} {directionMark(best)}
        </Text>
        <Text fw={600} title={String(best.value)}>
          {showScore(best.value)}
        </Text>
        <PageLink
          to="/projects/$project"
          params={{ project }}
          search={{ show: best.prediction_id }}
          size="xs"
          truncate
          display="block"
        >
          {best.title}
        </PageLink>
      </div>
      {first && until !== null && (
        <Course
          points={course}
          until={until}
          label={`Best ${title} over time: from ${showScore(first.value)} on ${showTime(first.at)} to ${showScore(best.value)}`}
        />
      )}
    </div>
  );
}
