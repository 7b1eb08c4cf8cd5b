import { Button } from "@mantine/core";
import { useState } from "react";

import { showCount } from "./show-cell.js";

/** A text that is longer than this is folded to its beginning; characters. */
const longest = 300;
const beginning = 160;

/** A text as it is; of a very long one the beginning, until somebody wants the rest. */
export function LongText({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false);
  if (text.length <= longest) return text;
  return (
    <>
      {isWhole ? text : `${text.slice(0, beginning).replace(/[\uD800-\uDBFF]$/, "")}…`}{" "}
      <Button
        size="compact-xs"
        variant="default"
        aria-expanded={isWhole}
        onClick={() => setWhole(!isWhole)}
        style={{ verticalAlign: "baseline" }}
      >
        {isWhole ? "Show less" : `Show all ${showCount(text.length)} characters`}
      </Button>
    </>
  );
}
