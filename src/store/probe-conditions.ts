import { TrackingError } from "../tracking-error.js";
import { type Patience, untilAnswered } from "./attempts.js";
import type { BucketApi, PutCondition } from "./bucket-api.js";

/**
 * The object that the probe writes, beside what users' programs read. It stays, so that the next probe costs
 * two requests.
 */
export const probeName = ".ml-tracking-probe";

const content = Buffer.from(
  "ml-tracking tries to overwrite this object on conditions that do not hold, to see that this place refuses it.\n",
);

/**
 * Sees that a place refuses a write whose condition does not hold: one that asks for a free name, and one
 * that asks for a version that is not there. Without that, writers overwrite each other's rows.
 * @throws TrackingError STORE_NOT_SAFE
 */
export async function probeConditions(
  api: BucketApi,
  name: string,
  address: string,
  patience: Patience,
): Promise<void> {
  const put = (condition: PutCondition) =>
    untilAnswered(patience, undefined, (signal) => api.put(name, content, condition, signal));
  const [first, outdated] = await Promise.all([put({ absent: true }), put({ version: api.noVersion })]);
  // Written: the object was not there before, or the condition was ignored. Now it is there.
  const second = typeof first === "object" ? await put({ absent: true }) : first;
  const ignored =
    typeof second === "object"
      ? "only if there is no object of that name"
      : typeof outdated === "object"
        ? "only if the object is in a certain version"
        : undefined;
  if (ignored === undefined) return;
  throw new TrackingError(
    "STORE_NOT_SAFE",
    `the store ${address} cannot take experiments safely: its server was told to write ${name} ${ignored}, and wrote it although that did not hold, so that writers would overwrite each other's rows; use a server that honours conditional writes (docs/stores.md names some), or a folder`,
  );
}
