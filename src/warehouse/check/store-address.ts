import type { WarehouseCheck } from "./check-job.js";
import { whyOddName } from "./object-names.js";

/** Whether BigQuery can look at all where the store is. */
export const checkStoreAddress: WarehouseCheck = async ({ store: { address }, isBigQuery, tell }) => {
  if (!isBigQuery) return undefined;
  if (!address.startsWith("gs://")) {
    const message = "BigQuery reads Google Cloud Storage alone, and the store is elsewhere";
    await tell({ kind: "not-in-google", path: "", message });
    return undefined;
  }
  const why = whyOddName(address.slice("gs://".length));
  if (why !== undefined) {
    await tell({
      kind: "odd-object-name",
      path: "",
      message: `the store's address ${JSON.stringify(address)} has ${why}`,
    });
  }
  return undefined;
};
