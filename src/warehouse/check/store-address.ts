import type { WarehouseCheck } from "./check-job.js";
import { whyOddName } from "./object-names.js";
import { warehouseFindings } from "./warehouse-finding.js";

/** Whether BigQuery can look at all where the store is. */
export const checkStoreAddress: WarehouseCheck = async ({ store: { address }, isBigQuery, tell }) => {
  if (!isBigQuery) return undefined;
  if (!address.startsWith("gs://")) {
    await tell({
      kind: "not-in-google",
      path: "",
      message: `the store is ${JSON.stringify(address)}: ${warehouseFindings["not-in-google"].meaning}`,
    });
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
