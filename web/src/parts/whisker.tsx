import classes from "./whisker.module.css";

export interface WhiskerProps {
  value: number;
  /** Null where there is no interval. */
  low: number | null;
  high: number | null;
  /** What the left and the right end of the line stand for. */
  domain: readonly [from: number, to: number];
  label: string;
}

/** A value and where it would lie on other samples: a dot on a line. What is outside of the domain is cut off. */
export function Whisker({ value, low, high, domain: [from, to], label }: WhiskerProps) {
  const place = (at: number) => {
    const share = to > from ? (at - from) / (to - from) : 0.5;
    return `${(Math.min(Math.max(share, 0), 1) * 100).toFixed(2)}%`;
  };
  return (
    <svg className={classes.whisker} role="img" aria-label={label}>
      {low !== null && high !== null && (
        <line x1={place(low)} x2={place(high)} y1="50%" y2="50%" className={classes.range} />
      )}
      <circle cx={place(value)} cy="50%" r="2.5" className={classes.value} />
    </svg>
  );
}
