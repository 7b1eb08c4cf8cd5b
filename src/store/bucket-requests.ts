import { type Patience, untilAnswered } from "./attempts.js";
import { type BucketApi, type BucketDeed, BucketFailure, type PlaceWords } from "./bucket-api.js";
import { explainFailure } from "./bucket-failure-message.js";
import { orEnd } from "./or-end.js";
import { probeConditions, probeName } from "./probe-conditions.js";
import type { CallOptions } from "./store.js";
import { checkStorePath } from "./store-path.js";

export interface BucketPlace {
  /** @example "gs://team/experiments" */
  address: string;
  /** What every object name begins with: empty, or with a slash at its end. */
  prefix: string;
  /** Another server than the cloud's own, or "". */
  server: string;
  words: PlaceWords;
  /** Opens the cloud's library; called when it is needed. */
  open: () => Promise<BucketApi>;
}

/** Requests to one bucket, repeated where that is safe, whose failures are told in the user's words. */
export interface BucketRequests {
  nameOf: (path: string) => string;
  /** Makes a request that may be repeated. */
  ask: <T>(
    deed: BucketDeed,
    path: string,
    options: CallOptions,
    request: (api: BucketApi, signal: AbortSignal) => Promise<T>,
    bodySize?: number,
  ) => Promise<T>;
  /** Does what takes several requests, each with its own patience. */
  inWords: <T>(
    deed: BucketDeed,
    path: string,
    signal: AbortSignal | undefined,
    work: (api: BucketApi) => Promise<T>,
  ) => Promise<T>;
  /** Before a process's first write: see that the place honours conditions. */
  checkSafe: (signal: AbortSignal | undefined) => Promise<void>;
}

/** The probes of this process, by server and address. */
const checks = new Map<string, Promise<void>>();

export function bucketRequests(
  { address, prefix, server, words, open }: BucketPlace,
  patience: Patience,
): BucketRequests {
  let opening: Promise<BucketApi> | undefined;

  const nameOf = (path: string) => prefix + checkStorePath(path);

  const openApi = async (signal: AbortSignal | undefined): Promise<BucketApi> => {
    opening ??= open();
    try {
      return await orEnd(signal, opening);
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };

  const inWords = async <T>(
    deed: BucketDeed,
    path: string,
    signal: AbortSignal | undefined,
    work: (api: BucketApi) => Promise<T>,
  ): Promise<T> => {
    signal?.throwIfAborted();
    try {
      return await work(await openApi(signal));
    } catch (error) {
      throw error instanceof BucketFailure ? explainFailure(error, { deed, path, address, words }) : error;
    }
  };

  const ask = async <T>(
    deed: BucketDeed,
    path: string,
    { signal }: CallOptions,
    request: (api: BucketApi, signal: AbortSignal) => Promise<T>,
    bodySize = 0,
  ): Promise<T> => {
    return inWords(deed, path, signal, async (api) =>
      untilAnswered(patience, signal, (ending) => request(api, ending), bodySize),
    );
  };

  const checkSafe = async (signal: AbortSignal | undefined): Promise<void> => {
    signal?.throwIfAborted();
    const key = `${server} ${address}`;
    const checking =
      checks.get(key) ??
      inWords("create", probeName, undefined, (api) =>
        probeConditions(api, prefix + probeName, address, patience),
      );
    checks.set(key, checking);
    try {
      await orEnd(signal, checking);
    } catch (error) {
      if (!signal?.aborted) checks.delete(key);
      throw error;
    }
  };

  return { nameOf, ask, inWords, checkSafe };
}
