import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { experimentsQuery } from "../../api/queries.js";
import { usePrimaryScore } from "../../components/use-primary-score.js";
import { ExperimentPane } from "./experiment-pane.js";

/** What an address says of the pane beside a table. */
export interface PaneSearch {
  /** The prediction id that is shown; where none is chosen, the best of the project. */
  show?: string | undefined;
  /** `closed`, or its width in pixels. */
  pane?: string | undefined;
  cells?: string | undefined;
}

export interface Pane {
  /** The prediction id that is shown. */
  shown: string | undefined;
  /** Shows an experiment, in a pane that was closed too. */
  show: (id: string, replace?: boolean) => void;
  /** For MasterDetail. */
  frame: {
    pane: ReactNode | undefined;
    width: number | undefined;
    onWidth: (width: number) => void;
    paneLabel: string;
    shown: string | undefined;
  };
}

/** The pane beside a project's tables, whose state is in the page's address. */
export function usePane(
  project: string,
  search: PaneSearch,
  change: (changes: PaneSearch, replace?: boolean) => void,
): Pane {
  const primary = usePrimaryScore(project);
  const isClosed = search.pane === "closed";
  const best = useQuery({
    ...experimentsQuery(project, {
      sort: primary ? [`${primary.name}:best`] : ["logged_at:desc"],
      column: ["name"],
      limit: 1,
    }),
    enabled: primary !== undefined && search.show === undefined && !isClosed,
  });
  const shown = search.show ?? (best.isPlaceholderData ? undefined : best.data?.prediction_ids[0]);
  const width = Number(search.pane);
  const show = (id: string, replace = false) =>
    change({ show: id, ...(isClosed ? { pane: undefined } : {}) }, replace);
  return {
    shown: isClosed ? undefined : shown,
    show,
    frame: {
      pane:
        isClosed || shown === undefined ? undefined : (
          <ExperimentPane
            id={shown}
            chosenAs={
              search.show === undefined && primary ? `Best of the project by ${primary.title}` : undefined
            }
            cells={search.cells}
            onCells={(cells) => change({ cells }, true)}
            onChoose={show}
            onDeleted={() => change({ show: undefined }, true)}
            onClose={() => change({ pane: "closed" })}
          />
        ),
      width: Number.isFinite(width) && width > 0 ? width : undefined,
      onWidth: (pixels) => change({ pane: String(pixels) }, true),
      paneLabel: "Experiment",
      shown,
    },
  };
}
