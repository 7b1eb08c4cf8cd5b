import { Loader, Text } from "@mantine/core";
import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { Experiment } from "../api/types.js";
import { showCount } from "../components/show-cell.js";
import classes from "./working.module.css";

/** After how many milliseconds a reader is told what is waited for. */
const patience = 700;

/** What the server is doing for this experiment, where that takes longer than a moment. */
export function Working({ experiment }: { experiment: Experiment }) {
  const id = experiment.prediction_id;
  const plots = useIsFetching({ queryKey: ["plot", id] });
  const intervals = useIsFetching({ queryKey: ["intervals", id] });
  const slices = useIsFetching({ queryKey: ["slices", id] });
  const samples = useIsFetching({ queryKey: ["samples", id] });
  const work = [
    ...(plots > 0 ? [`computing ${plots} plot${plots > 1 ? "s" : ""}`] : []),
    ...(intervals > 0 ? ["computing intervals"] : []),
    ...(slices > 0 ? ["looking for slices"] : []),
    ...(samples > 0 ? ["reading samples"] : []),
  ];
  const isBusy = work.length > 0;
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!isBusy) {
      setSlow(false);
      return undefined;
    }
    const timer = setTimeout(() => setSlow(true), patience);
    return () => clearTimeout(timer);
  }, [isBusy]);
  return (
    <div role="status" className={classes.place}>
      {isBusy && isSlow && (
        <Text size="sm" className={classes.note}>
          <Loader size={14} /> {showCount(experiment.samples)} samples: {work.join(", ")} …
        </Text>
      )}
    </div>
  );
}
