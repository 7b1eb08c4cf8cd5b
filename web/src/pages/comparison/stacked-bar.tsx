import { Text } from "@mantine/core";

import { showCount } from "../../components/show-cell.js";
import classes from "./stacked-bar.module.css";

export interface BarPart {
  name: string;
  count: number;
  color: string;
  onClick?: () => void;
}

/** Parts of a whole side by side; each opens its samples. */
export function StackedBar({ parts, label }: { parts: readonly BarPart[]; label: string }) {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  return (
    <fieldset className={classes.bar} aria-label={label}>
      {parts
        .filter(({ count }) => count > 0)
        .map(({ name, count, color, onClick }) => (
          <button
            key={name}
            type="button"
            className={classes.part}
            onClick={onClick}
            title={`${name}: ${showCount(count)}`}
            aria-label={`${name}: ${count} of ${total} samples`}
            ref={(part) => {
              part?.style.setProperty("--share", String(count / total));
              part?.style.setProperty("--color", `var(--mantine-color-${color})`);
            }}
          />
        ))}
    </fieldset>
  );
}

/** What the colours mean, with the counts. */
export function BarLegend({ parts }: { parts: readonly BarPart[] }) {
  return (
    <div className={classes.legend}>
      {parts.map(({ name, count, color, onClick }) => (
        <button key={name} type="button" className={classes.entry} onClick={onClick} disabled={count === 0}>
          <span
            className={classes.square}
            ref={(square) => square?.style.setProperty("--color", `var(--mantine-color-${color})`)}
          />
          <Text span size="sm">
            {name} <b>{showCount(count)}</b>
          </Text>
        </button>
      ))}
    </div>
  );
}
