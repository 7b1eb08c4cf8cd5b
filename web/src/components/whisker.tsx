import type { Comparison } from "../api/types.js";
import classes from "./whisker.module.css";

export interface WhiskerProps {
  value: number;
  /** Null where there is no interval. */
  low: number | null;
  high: number | null;
  /** What the left and the right end of the line stand for. */
  domain: readonly [from: number, to: number];
  label: string;
  /** What it is compared with: a stroke across the line. */
  mark?: number | undefined;
  /** Makes it as high as a line of text, in the verdict's colour. */
  verdict?: Comparison["verdict"] | undefined;
}

/**
 * A value and where it would lie on other samples: a dot on a line. What is outside of the domain is cut off.
 */
export function Whisker({ value, low, high, domain: [from, to], label, mark, verdict }: WhiskerProps) {
  const place = (at: number) => {
    const share = to > from ? (at - from) / (to - from) : 0.5;
    return `${(Math.min(Math.max(share, 0), 1) * 100).toFixed(2)}%`;
  };
  return (
    <svg className={classes.whisker} data-verdict={verdict} role="img" aria-label={label}>
      {mark !== undefined && (
        <line x1={place(mark)} x2={place(mark)} y1="0" y2="100%" className={classes.mark} />
      )}
      {low !== null && high !== null && (
        <line x1={place(low)} x2={place(high)} y1="50%" y2="50%" className={classes.range} />
      )}
      <circle cx={place(value)} cy="50%" r={verdict ? 4 : 2.5} className={classes.value} />
    </svg>
  );
}
