import { whyNoKey } from "../history/event.js";
import { invalidParameter } from "./mlflow-error.js";

/** Parameters and tags of runs and of logged models that are longer are cut, as MLflow's own server does. */
export const longestParam = 6_000;
export const longestTag = 8_000;

/** @throws MlflowError INVALID_PARAMETER_VALUE where nothing can be called so */
export function checkedKey(key: string): string {
  const reason = whyNoKey(key);
  if (reason !== undefined)
    throw invalidParameter(`Invalid name ${JSON.stringify(key.slice(0, 100))}: ${reason}`);
  return key;
}
