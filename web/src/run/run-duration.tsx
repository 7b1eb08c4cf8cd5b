import { useEffect, useState } from "react";

import { showDuration } from "./show-duration.js";

const second = 1000;

/** How long a run took; of one that goes on, how long it has taken by now, second by second. */
export function RunDuration({ startedAt, endedAt }: { startedAt: string; endedAt: string | null }) {
  const now = useNow(endedAt === null);
  const end = endedAt === null ? now : Date.parse(endedAt);
  return showDuration((end - Date.parse(startedAt)) / 1000);
}

function useNow(isGoingOn: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isGoingOn) return undefined;
    const timer = setInterval(() => setNow(Date.now()), second);
    return () => clearInterval(timer);
  }, [isGoingOn]);
  return now;
}
