import { type Patience, usualPatience } from "./attempts.js";
import { bucketReading } from "./bucket-reading.js";
import { type BucketPlace, bucketRequests } from "./bucket-requests.js";
import { bucketWriting } from "./bucket-writing.js";
import { bucketTraits } from "./later-bucket-store.js";
import type { Store } from "./store.js";

/**
 * A store in a bucket that honours conditional writes. An object is written whole: a line is added by reading
 * the file and writing it anew on condition that it is still in the version that was read.
 */
export function bucketStore(place: BucketPlace, patience: Patience = usualPatience): Store {
  const requests = bucketRequests(place, patience);
  const reading = bucketReading(place, requests);
  return {
    address: place.address,
    ...bucketTraits,
    ...reading,
    ...bucketWriting(requests, reading, { sizeCap: bucketTraits.sizeCap, patience }),
  };
}
