import { attempts, type Patience, untilAnswered } from "./attempts.js";
import { type BucketApi, BucketFailure, type PutCondition } from "./bucket-api.js";

/**
 * Writes an object on a condition, again where an answer was lost; `came` looks whether the write had come
 * in.
 */
export async function putSurely(
  api: BucketApi,
  patience: Patience,
  name: string,
  bytes: Uint8Array,
  condition: PutCondition,
  signal: AbortSignal | undefined,
  came: () => Promise<boolean>,
): Promise<{ version: string } | "came" | "refused" | "missing"> {
  const series = attempts(patience, signal);
  let doubtful = false;
  for (;;) {
    try {
      const outcome = await series.once((ending) => api.put(name, bytes, condition, ending), bytes.length);
      if (outcome === "refused" && doubtful && (await came())) return "came";
      return outcome;
    } catch (error) {
      const isBusy = error instanceof BucketFailure && error.kind === "busy";
      // A name that is written too often is most likely taken: no use in waiting for it.
      if (isBusy && "absent" in condition) {
        const there = await untilAnswered(patience, signal, (ending) => api.head(name, ending));
        if (there) return doubtful && (await came()) ? "came" : "refused";
      }
      await series.backOff(error);
      doubtful ||= !isBusy;
    }
  }
}
