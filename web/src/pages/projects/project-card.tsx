import { Badge, Group, Text } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";

import type { Projects } from "../../api/types.js";
import { PageLink } from "../../components/page-link.js";
import { directionMark } from "../../components/positive-class.js";
import { showAgo, showCount, showScore, showTime } from "../../components/show-cell.js";
import { Course } from "./course.js";
import classes from "./project-card.module.css";
import { type ProjectSummary, useProjectSummary } from "./use-project-summary.js";

export interface ProjectCardProps {
  project: Projects["projects"][number];
  /** Milliseconds since 1970. */
  now: number;
}

/** A project: what it is, the best of it and how it came to that, when and by whom it was worked on. */
export function ProjectCard({ project: { project, experiments, kinds, ...facts }, now }: ProjectCardProps) {
  const { ref, inViewport } = useInViewport<HTMLLIElement>();
  const summary = useProjectSummary(project, { enabled: inViewport });
  const { people } = summary;
  const last = facts.last_logged_at;
  return (
    <li className={classes.card} ref={ref}>
      <div className={classes.name}>
        <PageLink to="/projects/$project" params={{ project }} fw={600} style={{ overflowWrap: "anywhere" }}>
          {project}
        </PageLink>
        <Group gap={4} mt={2}>
          {kinds.map((kind) => (
            <Badge key={kind} size="xs" variant="default" tt="none" fw={400}>
              {kind}
            </Badge>
          ))}
        </Group>
      </div>
      <Best project={project} summary={summary} />
      <div className={classes.activity}>
        <Text size="sm">
          {showCount(experiments)} {experiments === 1 ? "experiment" : "experiments"}
        </Text>
        <Text size="xs" c="dimmed" title={last === null ? undefined : showTime(last)}>
          {last !== null && showAgo(last, now)}
          {people.length > 0 && ` · ${people.join(", ")}`}
        </Text>
      </div>
    </li>
  );
}

function Best({ project, summary: { score, best, course } }: { project: string; summary: ProjectSummary }) {
  if (!score || !best) return <div className={classes.best} />;
  const [first = best.value] = course;
  return (
    <div className={classes.best}>
      <div>
        <Text size="xs" c="dimmed">
          {score.title} {directionMark(score)}
        </Text>
        <Text fw={600} title={String(best.value)}>
          {showScore(best.value)}
        </Text>
        <PageLink
          to="/projects/$project"
          params={{ project }}
          search={{ show: best.id }}
          size="xs"
          truncate
          display="block"
        >
          {best.title}
        </PageLink>
      </div>
      {course.length > 1 && (
        <Course
          values={course}
          label={`Best ${score.title} of the latest ${showCount(course.length)} experiments: from ${showScore(first)} to ${showScore(course.at(-1) ?? first)}`}
        />
      )}
    </div>
  );
}
