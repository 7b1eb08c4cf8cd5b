import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";

import { dragFrom } from "./drag.js";
import classes from "./master-detail.module.css";

const narrowestPane = 300;
const narrowestMaster = 280;
const usualShare = 0.38;
const narrowestByDefault = 440;
const widestByDefault = 640;
const step = 40;

export interface MasterDetailProps {
  children: ReactNode;
  /** Undefined where the pane is closed. */
  pane: ReactNode | undefined;
  /** Pixels; undefined: what suits the window. */
  width: number | undefined;
  onWidth: (width: number) => void;
  paneLabel: string;
  /** What the pane shows: where it is below the table, another thing there comes into view. */
  shown: string | undefined;
}

/**
 * A table and, beside it, one thing of it; below it where there is no room. The border between the two is
 * dragged, or moved by the arrow keys.
 */
export function MasterDetail({ children, pane, width, onWidth, paneLabel, shown }: MasterDetailProps) {
  const frame = useRef<HTMLDivElement>(null);
  const paneElement = useRef<HTMLElement>(null);
  const [dragged, setDragged] = useState<number>();
  const before = useRef(shown);
  useEffect(() => {
    if (before.current !== undefined && shown !== undefined && before.current !== shown && isBelow())
      paneElement.current?.scrollIntoView({ block: "start" });
    before.current = shown;
  }, [shown]);
  const within = (wanted: number) => {
    const room = frame.current?.clientWidth ?? 1200;
    return Math.round(Math.max(narrowestPane, Math.min(room - narrowestMaster, wanted)));
  };
  const now = () => paneElement.current?.offsetWidth ?? narrowestPane;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowLeft" ? step : event.key === "ArrowRight" ? -step : 0;
    if (by === 0) return;
    event.preventDefault();
    onWidth(within(now() + by));
  };
  const wanted = dragged ?? width;
  return (
    <div ref={frame} className={classes.frame}>
      <div className={classes.master}>{children}</div>
      {pane !== undefined && (
        <>
          <div
            className={classes.border}
            role="separator"
            aria-orientation="vertical"
            aria-label="Width of the pane"
            aria-valuenow={wanted ?? Math.round(usualShare * 1000)}
            aria-valuemin={narrowestPane}
            tabIndex={0}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => {
              event.preventDefault();
              const start = now();
              dragFrom(
                event,
                (by) => setDragged(within(start - by)),
                (by) => {
                  setDragged(undefined);
                  if (by !== 0) onWidth(within(start - by));
                },
              );
            }}
          />
          <section
            ref={paneElement}
            aria-label={paneLabel}
            className={classes.pane}
            style={{
              width: wanted ?? `clamp(${narrowestByDefault}px, ${usualShare * 100}%, ${widestByDefault}px)`,
              maxWidth: `calc(100% - ${narrowestMaster}px)`,
            }}
          >
            {pane}
          </section>
        </>
      )}
    </div>
  );
}

/** Whether the window is too narrow for two things side by side; as in the style sheet. */
function isBelow(): boolean {
  return window.matchMedia("(max-width: 47.99em)").matches;
}
