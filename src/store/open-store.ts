import { TrackingError } from "../tracking-error.js";
import { endingStore } from "./ending-store.js";
import { folderPath } from "./folder-path.js";
import { folderStore } from "./folder-store.js";
import { laterBucketStore } from "./later-bucket-store.js";
import type { Store } from "./store.js";

/** Where experiments go when nobody says: `ML_TRACKING_STORE`, else the folder `ml-tracking` here. */
function defaultStoreAddress(environment: NodeJS.ProcessEnv = process.env): string {
  return environment["ML_TRACKING_STORE"] || "ml-tracking";
}

const expected = "give the path of a folder, gs://BUCKET/PREFIX or s3://BUCKET/PREFIX";

/**
 * Opens a store by its address: a folder's path, also from `~`, `gs://bucket/prefix` or `s3://bucket/prefix`.
 * Nothing is created before something is written. A process has one store of an address, so that what it
 * learnt of it holds for the next call.
 * @param signal ends every call of the store, which then throws its reason
 * @throws TrackingError INVALID_STORE when the address is none of these
 */
export function openStore(address: string = defaultStoreAddress(), signal?: AbortSignal): Store {
  const store = storeAt(address);
  return signal ? endingStore(store, signal) : store;
}

function storeAt(address: string): Store {
  if (typeof address !== "string" || address.trim() === "") {
    throw new TrackingError("INVALID_STORE", `store is ${JSON.stringify(address)}; ${expected}`);
  }
  if (/^gs:\/\//i.test(address)) return onceOpened(address, gcs);
  if (/^s3:\/\//i.test(address)) return onceOpened(address, s3);
  return onceOpened(folderPath(address, "store", "INVALID_STORE"), folderStore);
}

const gcs = (address: string) =>
  laterBucketStore(address, async () => (await import("./gcs-store.js")).gcsStore(address));
const s3 = (address: string) =>
  laterBucketStore(address, async () => (await import("./s3-store.js")).s3Store(address));

const opened = new Map<string, Store>();

/** Which server is meant may change with these variables while a process runs. */
const serverVariables = ["STORAGE_EMULATOR_HOST", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"];

function onceOpened(address: string, open: (address: string) => Store): Store {
  const key = [address, ...serverVariables.map((name) => process.env[name] ?? "")].join("\0");
  const store = opened.get(key) ?? open(address);
  opened.set(key, store);
  return store;
}
