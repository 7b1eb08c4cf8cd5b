import { useMemo, useState } from "react";

import type { MetricLook } from "../charts/metric-look.js";

/** What an address says of how metrics are drawn. */
export interface LookSearch {
  x?: string | undefined;
  smoothing?: string | undefined;
  /** The axes that are logarithmic, such as `xy`. */
  log?: string | undefined;
}

export interface LookState {
  look: MetricLook;
  /** @param isMoving while a slider is moved: the address changes when it is let go */
  onLook: (look: MetricLook, isMoving?: boolean) => void;
}

const mostSmoothing = 0.99;

/** How metrics are drawn, as the address says. */
export function useLook(
  { x, smoothing, log }: LookSearch,
  change: (changes: Required<LookSearch>) => void,
): LookState {
  const asked = useMemo(() => lookOf({ x, smoothing, log }), [x, smoothing, log]);
  const [moved, setMoved] = useState<{ from: MetricLook; to: MetricLook }>();
  return {
    look: moved?.from === asked ? moved.to : asked,
    onLook: (to, isMoving = false) => {
      setMoved({ from: asked, to });
      if (!isMoving) change(searchOfLook(to));
    },
  };
}

/** @example lookOf({ smoothing: "0.9", log: "y" }) // { x: "step", smoothing: 0.9, logX: false, logY: true } */
export function lookOf({ x, smoothing, log = "" }: LookSearch): MetricLook {
  const share = Number(smoothing ?? 0);
  return {
    x: x === "seconds" || x === "time" ? x : "step",
    smoothing: share > 0 ? Math.min(share, mostSmoothing) : 0,
    logX: log.includes("x"),
    logY: log.includes("y"),
  };
}

/** The opposite of lookOf; what is usual is left out. */
export function searchOfLook({ x, smoothing, logX, logY }: MetricLook): Required<LookSearch> {
  return {
    x: x === "step" ? undefined : x,
    smoothing: smoothing === 0 ? undefined : String(smoothing),
    log: `${logX ? "x" : ""}${logY ? "y" : ""}` || undefined,
  };
}
