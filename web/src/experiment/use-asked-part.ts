import { useEffect } from "react";

/** So long after it grew last a page counts as whole. */
const settling = 5_000;

/**
 * Brings the part into view that the address of a newly opened page names, and keeps it there while what stands
 * above it arrives, until the reader moves.
 */
export function useAskedPart(): void {
  useEffect(() => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    if (id === "") return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      growing.disconnect();
      clearTimeout(timer);
      for (const event of moves) removeEventListener(event, stop);
    };
    const growing = new ResizeObserver(() => {
      document.getElementById(id)?.scrollIntoView({ block: "start", behavior: "instant" });
      clearTimeout(timer);
      timer = setTimeout(stop, settling);
    });
    growing.observe(document.querySelector("main") ?? document.body);
    for (const event of moves) addEventListener(event, stop, { passive: true });
    return stop;
  }, []);
}

const moves = ["wheel", "touchstart", "pointerdown", "keydown"] as const;
