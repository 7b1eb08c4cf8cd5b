import type { Store } from "../store/store.js";
import { Experiments } from "./experiments.js";
import { LoggedModels } from "./logged-models.js";
import { MetricHistory } from "./metric-history.js";
import { ModelRegistry } from "./model-registry.js";
import { Runs } from "./runs.js";

/** What MLflow's clients ask for and write, over one store. */
export interface Mlflow {
  store: Store;
  experiments: Experiments;
  runs: Runs;
  models: LoggedModels;
  registry: ModelRegistry;
  history: MetricHistory;
  now: () => Date;
  /** Told what whoever runs the server should know. */
  notice: (text: string) => void;
  /** Returns when what lies in the store was read once; from then on it is looked at again and again. */
  ready(): Promise<void>;
  /** Takes in what others wrote since. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

export interface MlflowOptions {
  /** Who says what is said through this server. */
  author: string;
  notice: (text: string) => void;
  now?: () => Date;
  /** Milliseconds between two looks at the store while somebody asks. */
  interval?: number;
}

/** Without a request for so long, nobody needs the store looked at. */
const idleAfter = 60_000;

export function openMlflow(
  store: Store,
  { author, notice, now = () => new Date(), interval = store.localPath ? 1_500 : 2_000 }: MlflowOptions,
): Mlflow {
  const experiments = new Experiments(store, now);
  const runs = new Runs(store, experiments, { now, author });
  const models = new LoggedModels(store, now);
  const registry = new ModelRegistry(store, now);
  let loading: Promise<void> | undefined;
  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let askedAt = 0;
  let isClosed = false;

  const look = async () => {
    await experiments.refresh();
    await runs.refresh();
    await models.refresh();
    await registry.refresh();
  };
  const refresh = (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const lookAgain = () => {
    timer = setTimeout(() => {
      const isAsked = performance.now() - askedAt < idleAfter;
      void (isAsked ? refresh() : Promise.resolve())
        .catch(() => {}) // a store that fails is looked at again; requests say what is wrong with it
        .then(() => (isClosed ? undefined : lookAgain()));
    }, interval);
    timer.unref();
  };

  return {
    store,
    experiments,
    runs,
    models,
    registry,
    history: new MetricHistory(store, now),
    now,
    notice,
    async ready() {
      const wasIdle = loading !== undefined && performance.now() - askedAt > idleAfter;
      askedAt = performance.now();
      if (loading === undefined) {
        loading = refresh();
        loading.then(lookAgain, () => {
          loading = undefined; // the next request tries again
        });
      } else if (wasIdle) await refresh();
      await loading;
    },
    refresh,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await looking?.catch(() => {});
      await runs.close();
    },
  };
}
