import { Text, type TextProps } from "@mantine/core";

import type { Comparison } from "../api/types.js";
import classes from "./verdict.module.css";

const classOf = {
  better: "better",
  worse: "worse",
  "no evidence": "none",
  "cannot be tested": "none",
} as const;

/** Words in the colour of a verdict. */
export function VerdictText({
  verdict,
  children,
  ...props
}: TextProps & { verdict: Comparison["verdict"]; children: string }) {
  return (
    <Text span className={classes[classOf[verdict]]} {...props}>
      {children}
    </Text>
  );
}
