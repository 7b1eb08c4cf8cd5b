import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { projectsQuery, scoresQuery } from "../../api/queries.js";
import type { Changes } from "../../components/address.js";
import { useIsThere } from "../../components/use-is-there.js";
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
  change: (changes: Changes<PaneSearch>, replace?: boolean) => void,
): Pane {
  const isThere = useIsThere();
  const isClosed = search.pane === "closed";
  const { data } = useQuery(projectsQuery());
  const { data: registry } = useQuery(scoresQuery());
  const best = data?.projects.find((each) => each.project === project)?.best;
  const score = registry?.find(({ name }) => name === best?.score);
  const shown = search.show ?? best?.prediction_id;
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
              search.show === undefined && score ? `Best of the project by ${score.title}` : undefined
            }
            cells={search.cells}
            onCells={(cells) => change({ cells }, true)}
            onChoose={show}
            // Another one may have been chosen while the server was asked.
            onDeleted={() => change((now) => (now.show === shown ? { show: undefined } : {}), true)}
            onRestored={() => {
              if (isThere.current) change((now) => ({ show: now.show ?? search.show }), true);
            }}
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
