export { gcsStore } from "../src/store/gcs-store.js";
export { s3Store } from "../src/store/s3-store.js";
export { logLines } from "../src/tracking-log/read-log.js";
