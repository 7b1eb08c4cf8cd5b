import { parseBucketAddress } from "./bucket-address.js";
import type { Store } from "./store.js";

/** What every bucket is like. */
export const bucketTraits = {
  sizeCap: 4 * 2 ** 20,
  appendsByRewriting: true,
  sharesAppends: async () => true,
} satisfies Partial<Store>;

/**
 * A store in a bucket whose code is loaded with its first call, so that who keeps experiments in folders does
 * not load it. Where it cannot be loaded, because the package was exchanged while a training ran, the store
 * has failed, and the spool keeps the experiment.
 * @throws TrackingError INVALID_STORE
 */
export function laterBucketStore(text: string, load: () => Promise<Store>): Store {
  const { address } = parseBucketAddress(text);
  let loading: Promise<Store> | undefined;
  const loaded = async () => {
    loading ??= load();
    try {
      return await loading;
    } catch (error) {
      loading = undefined; // the next call tries again
      throw error;
    }
  };
  return {
    address,
    ...bucketTraits,
    list: async (...given) => (await loaded()).list(...given),
    async *listFiles(...given) {
      yield* (await loaded()).listFiles(...given);
    },
    stat: async (...given) => (await loaded()).stat(...given),
    read: async (...given) => (await loaded()).read(...given),
    readRange: async (...given) => (await loaded()).readRange(...given),
    create: async (...given) => (await loaded()).create(...given),
    append: async (...given) => (await loaded()).append(...given),
    removeIfUnchanged: async (...given) => (await loaded()).removeIfUnchanged(...given),
  };
}
