import { Text, type TextProps } from "@mantine/core";

import type { Experiment } from "../api/types.js";
import { PageLink } from "../components/page-link.js";
import { showTime } from "../components/show-cell.js";

/** The line below an experiment's title: its model, when and by whom it was logged. */
export function LoggedBy({ experiment, ...look }: { experiment: Experiment } & Pick<TextProps, "size">) {
  return (
    <Text c="dimmed" {...look}>
      {experiment.model_in_short} · {showTime(experiment.logged_at)}
      {experiment.user && ` · ${experiment.user}`}
      {experiment.run_id !== null && (
        <>
          {" · "}
          <PageLink to="/runs/$run" params={{ run: experiment.run_id }} inherit>
            its run
          </PageLink>
        </>
      )}
      {experiment.archived && " · archived"}
    </Text>
  );
}
