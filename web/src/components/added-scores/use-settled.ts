import { useEffect, useState } from "react";

/** Milliseconds without a key after which what is typed is asked for. */
const settledAfter = 300;

/** A text that is being typed, as it was when its writer last paused. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settledAfter);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
