import { randomBytes } from "node:crypto";
import { isGone } from "../annotations/annotated-record.js";
import { appendAnnotations } from "../annotations/append-annotations.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { experimentTitle } from "../experiment/experiment-title.js";
import type { JsonValue } from "../experiment/json-value.js";
import { oneLine } from "../experiment/one-line.js";
import { eventLines, metricLine, type RunEvent } from "../history/event.js";
import { foldEvents } from "../history/fold-events.js";
import { historyFolder, newWriter } from "../history/history-folder.js";
import { type HistoryWriter, historyWriter } from "../history/history-writer.js";
import { metricExtremes } from "../history/metric-extremes.js";
import { readEvents } from "../history/read-events.js";
import { type EventsState, EventsStateBuilder, eventsState, withEvents } from "../history/run-state.js";
import { newTail, readOn, type Tail, tailVersion } from "../history/tail-events.js";
import { findRun } from "../run/find-run.js";
import { isRunId, newRunId } from "../run/run-id.js";
import { runHeader, runLine, runLog, toRun } from "../run/run-line.js";
import { nothingLogged, type RunRecord } from "../run/run-record.js";
import { inParallel } from "../store/in-parallel.js";
import type { Store } from "../store/store.js";
import { followLog, type LogFollower } from "../tracking-log/follow-log.js";
import { refuseOtherCaseAtFirst } from "../tracking-log/refuse-other-case.js";
import type { Experiments, MlflowExperiment } from "./experiments.js";
import { inLittleMemory } from "./in-little-memory.js";
import { InTurn } from "./in-turn.js";
import { KnownRun, own, parameterText, set, statusOfWire } from "./known-run.js";
import { checkedKey, longestParam, longestTag } from "./logged-texts.js";
import { doesNotExist, invalidParameter } from "./mlflow-error.js";
import { RowWriter } from "./row-writer.js";

/** What is logged to a run together. */
export interface LoggedBatch {
  metrics?: readonly LoggedMetric[];
  params?: readonly (readonly [key: string, value: string])[];
  /** Undefined removes a tag. */
  tags?: readonly (readonly [key: string, value: string | undefined])[];
}

export interface LoggedMetric {
  key: string;
  value: number;
  /** Milliseconds since 1970. */
  timestamp: number;
  step: number;
  /** JSON of what the metric is of: a model, a data set. */
  context: string | undefined;
}

export interface LoggedDataset {
  name: string;
  digest: string;
  context: string | undefined;
  /** Other tags of it as an input of this run. */
  tags: Readonly<Record<string, string>>;
  sourceType: string | undefined;
  source: string | undefined;
  schema: string | undefined;
  profile: string | undefined;
}

/** MLflow's clients say nothing while a run trains: after three times so many seconds it lost contact. */
const heartbeatSeconds = 3600;
/** Milliseconds without a write after which the row of a run that ended is brought up to its events. */
const settleAfter = 3_000;
const writerIdleAfter = 60_000;
/** A run that was silent for so long is looked at when it is asked for, not all the time. */
const followedFor = 24 * 3600 * 1000;
const atOnce = 8;
/** Runs that are looked at again in one round. */
const mostLooks = 300;
/** Runs whose extremes are kept in memory. */
const mostExtremes = 200;
const none: Readonly<Record<string, number>> = Object.freeze({});

interface OpenWriter {
  history: HistoryWriter;
  usedAt: number;
  /** Why the store did not take what was added; nothing else is added then. */
  refused?: unknown;
}

type Extremes = Pick<RunRecord, "firstMetrics" | "minMetrics" | "maxMetrics">;

interface Followed {
  tail: Tail;
  events: EventsStateBuilder;
  version: string;
}

interface KnownProject {
  follower: LogFollower;
  experiment: MlflowExperiment;
}

/** The runs of a store in memory: what this server wrote at once, what others wrote within seconds. */
export class Runs {
  readonly #store: Store;
  readonly #experiments: Experiments;
  readonly #now: () => Date;
  readonly #author: string;
  readonly #byId = new Map<string, KnownRun>();
  readonly #byExperiment = new Map<string, Set<KnownRun>>();
  readonly #projects = new Map<string, KnownProject>();
  readonly #rowWriters = new Map<string, RowWriter>();
  readonly #writers = new Map<string, OpenWriter>();
  readonly #ownWriters = new Set<string>();
  readonly #followed = new Map<string, Followed>();
  /** Of runs that ended and are written to. */
  readonly #extremes = new Map<string, Extremes>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #settling = new Map<string, NodeJS.Timeout>();
  readonly #inTurn = new InTurn();

  constructor(store: Store, experiments: Experiments, { now, author }: { now: () => Date; author: string }) {
    this.#store = store;
    this.#experiments = experiments;
    this.#now = now;
    this.#author = author;
  }

  /** Takes in what others wrote since. */
  async refresh(): Promise<void> {
    for (const experiment of this.#experiments.all()) await this.#refreshProject(experiment);
    await this.#followRunning();
    await this.#closeIdle();
  }

  async #refreshProject(experiment: MlflowExperiment): Promise<void> {
    const { project } = experiment;
    let known = this.#projects.get(project);
    if (!known) {
      known = {
        experiment,
        follower: followLog(this.#store, project, runLog, {
          take: (cells) => {
            const read = toRun(cells);
            if ("run" in read) this.#takeRow(read.run, experiment);
          },
          isKnown: (line) => this.#isKnownRow(line),
        }),
      };
      this.#projects.set(project, known);
    }
    await known.follower.look();
    await this.#lookAtTrash(experiment);
  }

  async #lookAtTrash({ id, project }: Pick<MlflowExperiment, "id" | "project">): Promise<void> {
    const said = await readAnnotations(this.#store, project);
    for (const run of this.#byExperiment.get(id) ?? []) {
      if (said.experiments.get(run.record.runId)?.state === "purged") this.#forget(run);
      else run.isGone = isGone(said, run.record.runId);
    }
  }

  /** Whether a row says nothing new: this process may have written it. */
  #isKnownRow(line: string): boolean {
    const [id, writtenAt] = line.split(",", 2);
    const known = this.#byId.get(id!);
    return known !== undefined && Date.parse(writtenAt!) <= known.record.writtenAt.getTime();
  }

  #takeRow(row: RunRecord, experiment: MlflowExperiment): void {
    // Whoever writes such a row again reads it whole.
    const record = { ...inLittleMemory(row), firstMetrics: none, minMetrics: none, maxMetrics: none };
    const known = this.#byId.get(row.runId);
    if (!known) this.#add(new KnownRun(record, experiment));
    else if (record.writtenAt > known.record.writtenAt) {
      this.#extremes.delete(row.runId);
      known.merge(record);
    }
  }

  #add(run: KnownRun): void {
    this.#byId.set(run.record.runId, run);
    const others = this.#byExperiment.get(run.experimentId) ?? new Set();
    this.#byExperiment.set(run.experimentId, others.add(run));
  }

  #forget(run: KnownRun): void {
    this.#byId.delete(run.record.runId);
    this.#byExperiment.get(run.experimentId)?.delete(run);
  }

  /**
   * What is logged to runs that go on: all of them once, as nobody ended the run of a process that was killed, and
   * then what other processes write, those first that were looked at longest ago.
   */
  async #followRunning(): Promise<void> {
    const now = this.#now().getTime();
    const running = [...this.#byId.values()].filter(
      ({ record, lastSeen, lookedAt, isGone: isOut }) =>
        record.status === "running" && !isOut && (lookedAt === 0 || now - lastSeen < followedFor),
    );
    const ids = new Set(running.map(({ record }) => record.runId));
    for (const id of this.#followed.keys()) if (!ids.has(id)) this.#followed.delete(id);
    const unseen = running.filter(({ lookedAt }) => lookedAt === 0).length;
    const due = running.sort((a, b) => a.lookedAt - b.lookedAt).slice(0, Math.max(unseen, mostLooks));
    await inParallel(due, atOnce, async (run) => {
      run.lookedAt = now;
      await this.#follow(run);
    });
  }

  /** A run with what other processes logged to it up to now. */
  async fresh(id: string): Promise<KnownRun> {
    const run = await this.get(id);
    if (run.record.status === "running") await this.#follow(run);
    return run;
  }

  async #follow(run: KnownRun): Promise<void> {
    const { runId } = run.record;
    const followed = this.#followed.get(runId) ?? {
      tail: newTail(),
      events: new EventsStateBuilder(),
      version: tailVersion(newTail()),
    };
    this.#followed.set(runId, followed);
    await readOn(this.#store, historyFolder(run.record), followed.tail, {
      take: (events) => followed.events.take(events),
      restart: () => {
        followed.events = new EventsStateBuilder();
      },
      isOwn: (writer) => this.#ownWriters.has(writer),
    });
    const version = tailVersion(followed.tail);
    if (version === followed.version) return;
    followed.version = version;
    this.#takeState(run, followed.events.state());
  }

  #takeState(run: KnownRun, state: EventsState): void {
    run.forgetOlderTags(state.tags);
    const said = withEvents(run.record, state);
    run.merge({ ...said, tags: { ...said.tags } });
    run.lastSeen = Math.max(run.lastSeen, state.lastSeen ?? 0);
  }

  /** @throws MlflowError RESOURCE_DOES_NOT_EXIST */
  async get(id: string): Promise<KnownRun> {
    const known = this.#byId.get(id);
    if (known) return known;
    if (isRunId(id)) {
      await this.#experiments.refresh();
      await this.refresh();
    }
    const found = this.#byId.get(id);
    if (!found) throw doesNotExist(`Run with id=${id} not found`);
    return found;
  }

  ofExperiment(id: string): Iterable<KnownRun> {
    return this.#byExperiment.get(id) ?? [];
  }

  async create(
    experiment: MlflowExperiment,
    given: {
      name: string | undefined;
      user: string | undefined;
      startTime: number | undefined;
      tags: Readonly<Record<string, string>>;
    },
  ): Promise<KnownRun> {
    const tags: Record<string, string> = {};
    for (const [key, value] of Object.entries(given.tags))
      set(tags, checkedKey(key), value.slice(0, longestTag));
    const now = this.#now();
    const runId = newRunId(randomBytes);
    // As MLflow's server does, an unnamed run gets a name that can be looked for.
    const said = given.name || tags["mlflow.runName"] || experimentTitle(undefined, runId);
    tags["mlflow.runName"] = said;
    const parent = tags["mlflow.parentRunId"];
    const record: RunRecord = {
      runId,
      writtenAt: now,
      project: experiment.project,
      name: oneLine(said) || undefined,
      status: "running",
      startedAt: given.startTime ? checkedTime("start_time", given.startTime) : now,
      endedAt: undefined,
      parentRunId: parent !== undefined && isRunId(parent) ? parent : undefined,
      error: undefined,
      user: given.user || tags["mlflow.user"] || undefined,
      host: undefined,
      source: tags["mlflow.source.name"],
      gitCommit: tags["mlflow.source.git.commit"],
      gitDirty: undefined,
      parameters: {},
      tags,
      ...nothingLogged(),
      runtime: { client: "mlflow", heartbeat_seconds: heartbeatSeconds },
    };
    await refuseOtherCaseAtFirst(this.#store, record.project);
    await this.#rows(record.project).append(runLine(record));
    const run = new KnownRun(record, experiment);
    this.#add(run);
    return run;
  }

  /** Changes status, end or name of a run, and writes its row. */
  async update(
    run: KnownRun,
    {
      status,
      endTime,
      name,
    }: { status: string | undefined; endTime: number | undefined; name: string | undefined },
  ): Promise<void> {
    refuseGone(run);
    const next = status === undefined ? undefined : statusOfWire(status);
    if (status !== undefined && next === undefined) {
      throw invalidParameter(
        `Invalid status '${status.slice(0, 50)}': give RUNNING, SCHEDULED, FINISHED, FAILED or KILLED`,
      );
    }
    const isOver = (next ?? run.record.status) !== "running";
    const ended = endTime ? checkedTime("end_time", endTime) : (run.record.endedAt ?? this.#now());
    if (name) run.takeTag("mlflow.runName", name, this.#now().getTime());
    await this.#writeRow(run, {
      ...(next === undefined ? {} : { status: next, endedAt: isOver ? ended : undefined }),
      ...(next === undefined && isOver && endTime ? { endedAt: ended } : {}),
      ...(name ? { name: oneLine(name) || undefined } : {}),
    });
    if (isOver) this.#settleLater(run);
  }

  /** Writes a row of what is known of a run, with changes: one after the other, so that each has what is before it. */
  #writeRow(run: KnownRun, change: Partial<RunRecord>): Promise<void> {
    return this.#inTurn.run(run.record.runId, () => this.#writeNextRow(run, change));
  }

  /** Rows of a run that ended have them; they are not kept in memory for long. */
  async #extremesOf({ record }: KnownRun): Promise<Extremes> {
    if (record.status === "running") return record;
    const known = this.#extremes.get(record.runId);
    if (known) return known;
    return this.#keepExtremes(record.runId, await findRun(this.#store, record.runId, record.project));
  }

  #keepExtremes(runId: string, { firstMetrics, minMetrics, maxMetrics }: Extremes): Extremes {
    if (this.#extremes.size >= mostExtremes) this.#extremes.clear();
    const extremes = { firstMetrics, minMetrics, maxMetrics };
    this.#extremes.set(runId, extremes);
    return extremes;
  }

  async #writeNextRow(run: KnownRun, change: Partial<RunRecord>): Promise<void> {
    const from = this.#now();
    // Tags of others that are older than the row of a run that ended count for known to it.
    if (run.record.status === "running") await this.#follow(run);
    const { firstMetrics, minMetrics, maxMetrics } = await this.#extremesOf(run);
    const writtenAt = this.#later(run, from);
    const row = { ...run.record, firstMetrics, minMetrics, maxMetrics, ...change, writtenAt };
    await this.#rows(row.project).append(runLine(row));
    run.record = Object.assign(run.record, change, { writtenAt });
    run.lastSeen = this.#now().getTime();
  }

  #later(run: KnownRun, from = this.#now()): Date {
    return new Date(Math.max(from.getTime(), run.record.writtenAt.getTime() + 1));
  }

  /**
   * Logs to a run; durable when it returns. All of it is kept, or nothing.
   * @throws MlflowError INVALID_PARAMETER_VALUE
   */
  async log(run: KnownRun, { metrics = [], params = [], tags = [] }: LoggedBatch): Promise<void> {
    refuseGone(run);
    const fresh = newParameters(run, params);
    for (const key of new Set(metrics.map((metric) => metric.key))) checkedKey(key);
    for (const { timestamp } of metrics) checkedTime("timestamp", timestamp);
    for (const [key] of tags) checkedKey(key);
    const time = this.#laterThanRow(run);
    let lines = "";
    for (const { key, value, timestamp, step, context } of metrics) {
      lines += metricLine({ time: timestamp, step, key, value, context });
    }
    for (const [key, value] of fresh) lines += eventLines({ kind: "parameter", time, key, value });
    const cutTags = tags.map(([key, value]) => [key, value?.slice(0, longestTag)] as const);
    for (const [key, value] of cutTags) lines += eventLines({ kind: "tag", time, key, value });
    for (const [key, value] of fresh) set(run.record.parameters, key, value);
    try {
      await this.#write(run, lines);
    } catch (error) {
      for (const [key] of fresh) delete run.record.parameters[key];
      throw error;
    }
    for (const { key, value, timestamp, step } of metrics) run.takeMetric(key, value, step, timestamp);
    for (const [key, value] of cutTags) run.takeTag(key, value, time);
    const renamed = cutTags.findLast(([key]) => key === "mlflow.runName")?.[1];
    if (renamed) await this.#writeRow(run, { name: oneLine(renamed) || undefined });
    else await this.#afterEnd(run);
  }

  /** Notes an artifact that was kept, and its size; durable when it returns. */
  async logArtifact(run: KnownRun, path: string, bytes: number): Promise<void> {
    const time = this.#laterThanRow(run);
    await this.#write(run, eventLines({ kind: "artifact", time, key: path.slice(0, 250), value: bytes }));
    if (run.record.status !== "running") this.#settleLater(run);
  }

  /** Notes data sets and models that a run read, and models that it made; durable when it returns. */
  async logInputs(
    run: KnownRun,
    given: {
      datasets?: readonly LoggedDataset[];
      inputs?: readonly string[];
      outputs?: readonly { modelId: string; step: number }[];
    },
  ): Promise<void> {
    refuseGone(run);
    const { datasets = [], inputs = [], outputs = [] } = given;
    const time = this.#laterThanRow(run);
    const events: RunEvent[] = [
      ...datasets.map(({ name, ...said }): RunEvent => {
        const { digest, context, sourceType, source, schema, profile } = said;
        const details = { source_type: sourceType, source, schema, profile };
        const tags = Object.keys(said.tags).length > 0 ? said.tags : undefined;
        return {
          kind: "dataset",
          time,
          key: name,
          value: omitUndefined({ digest, context, ...details, tags }),
        };
      }),
      ...inputs.map((key): RunEvent => ({ kind: "model", time, key, value: { role: "input", step: 0 } })),
      ...outputs.map(
        ({ modelId, step }): RunEvent => ({
          kind: "model",
          time,
          key: modelId,
          value: { role: "output", step },
        }),
      ),
    ];
    for (const event of events) if (event.kind !== "metric") checkedKey(event.key);
    await this.#write(run, events.map(eventLines).join(""));
    const builder = new EventsStateBuilder();
    const nothing = builder.state();
    const said = {
      ...nothing,
      inputs: {
        datasets: datasets.map(({ name, digest, context }) => ({ name, digest, context })),
        models: inputs,
      },
      outputs: { models: outputs },
    };
    const { inputs: allInputs, outputs: allOutputs } = withEvents(run.record, said);
    run.record = Object.assign(run.record, { inputs: allInputs, outputs: allOutputs });
    await this.#afterEnd(run);
  }

  /** Nobody looks at the events of a run that ended: its row says what came after. */
  async #afterEnd(run: KnownRun): Promise<void> {
    if (run.record.status === "running") return;
    await this.#writeRow(run, {});
    this.#settleLater(run);
  }

  async #write(run: KnownRun, lines: string): Promise<void> {
    const { runId } = run.record;
    let open = this.#writers.get(runId);
    if (lines === "") {
      if (open) await this.#flush(runId, open); // what another call gave is there when this one is answered
      return;
    }
    if (!open) {
      const writer = newWriter(randomBytes);
      this.#ownWriters.add(writer);
      open = { history: historyWriter(this.#store, { ...run.record }, writer), usedAt: 0 };
      this.#writers.set(runId, open);
    }
    open.usedAt = this.#now().getTime();
    open.history.add(lines);
    await this.#flush(runId, open);
    run.lastSeen = this.#now().getTime();
  }

  async #flush(runId: string, open: OpenWriter): Promise<void> {
    try {
      await open.history.flush();
    } catch (error) {
      // Whoever waits is told that it was refused, and must not find it there later.
      open.refused ??= error;
      open.history.abandon();
      if (this.#writers.get(runId) === open) this.#writers.delete(runId);
    }
    if (open.refused !== undefined) throw open.refused;
  }

  /** The events of what is said of a run that ended count where they are after its row. */
  #laterThanRow(run: KnownRun): number {
    return Math.max(this.#now().getTime(), run.record.writtenAt.getTime() + 1, run.tagged + 1);
  }

  #settleLater(run: KnownRun): void {
    const { runId } = run.record;
    clearTimeout(this.#settling.get(runId));
    const timer = setTimeout(() => {
      this.#settling.delete(runId);
      const work = this.#settle(run)
        .catch(() => {}) // the events are durable; the next write or start tries again
        .finally(() => this.#underWay.delete(work));
      this.#underWay.add(work);
    }, settleAfter);
    timer.unref();
    this.#settling.set(runId, timer);
  }

  /** Brings the row of a run that ended up to its events, and folds them. */
  #settle(run: KnownRun): Promise<void> {
    return this.#inTurn.run(run.record.runId, () => this.#settleNext(run));
  }

  async #settleNext(run: KnownRun): Promise<void> {
    if (run.record.status === "running") return;
    const read = await readEvents(this.#store, run.record);
    const state = eventsState(read.events);
    run.forgetOlderTags(state.tags);
    const latest = withEvents(run.record, state);
    const extremes = metricExtremes(read.events);
    const writtenAt = this.#later(run);
    await this.#rows(latest.project).append(runLine({ ...latest, ...extremes, writtenAt }));
    this.#keepExtremes(run.record.runId, extremes);
    run.merge({ ...latest, tags: { ...latest.tags }, writtenAt });
    await foldEvents(this.#store, run.record, { read });
  }

  async #closeIdle(): Promise<void> {
    const now = this.#now().getTime();
    for (const [id, { history, usedAt }] of this.#writers) {
      if (now - usedAt < writerIdleAfter) continue;
      this.#writers.delete(id);
      await history.close();
    }
  }

  /** @throws MlflowError INVALID_PARAMETER_VALUE where it is in that state already */
  async setGone(runs: readonly KnownRun[], gone: boolean): Promise<void> {
    const action = gone ? ("delete" as const) : ("restore" as const);
    const changed = runs.filter((run) => run.isGone !== gone);
    for (const project of new Set(changed.map(({ record }) => record.project))) {
      const some = changed.filter(({ record }) => record.project === project);
      const changes = some.map(({ record }) => ({ target: record.runId, action }));
      await appendAnnotations(this.#store, project, changes, { author: this.#author, now: this.#now() });
      for (const run of some) run.isGone = gone;
    }
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    const settling = [...this.#settling];
    for (const [id, timer] of settling) {
      clearTimeout(timer);
      const run = this.#byId.get(id);
      if (run) await this.#settle(run).catch(() => {}); // the events are durable all the same
    }
    this.#settling.clear();
    await Promise.all(this.#underWay);
    for (const { history } of this.#writers.values()) await history.close();
    this.#writers.clear();
    for (const writer of this.#rowWriters.values()) await writer.close();
    this.#rowWriters.clear();
  }

  #rows(project: string): RowWriter {
    let writer = this.#rowWriters.get(project);
    if (!writer) {
      writer = new RowWriter(this.#store, project, runHeader, runLog);
      this.#rowWriters.set(project, writer);
    }
    return writer;
  }
}

/** @throws MlflowError where one is given twice in different ways, or has another value already */
function newParameters(
  run: KnownRun,
  params: NonNullable<LoggedBatch["params"]>,
): [key: string, value: string][] {
  const given = new Map<string, string>();
  for (const [key, long] of params) {
    const value = long.slice(0, longestParam);
    const twice = given.get(checkedKey(key));
    if (twice !== undefined) {
      throw invalidParameter(
        `Duplicate parameter keys have been submitted: ['${key}']. Please ensure the request contains only one param value per param key.`,
      );
    }
    given.set(key, value);
    const before = own(run.record.parameters, key);
    if (before !== undefined && parameterText(before) !== value) {
      throw invalidParameter(
        `Changing param values is not allowed. Param with key='${key}' was already logged with value='${parameterText(before)}' for run ID='${run.record.runId}'. Attempted logging new value '${value}'.`,
      );
    }
  }
  return [...given].filter(([key]) => !Object.hasOwn(run.record.parameters, key));
}

function omitUndefined(said: Readonly<Record<string, JsonValue | undefined>>): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(said).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}

/** @throws MlflowError INVALID_PARAMETER_VALUE where the run was deleted */
export function refuseGone(run: KnownRun): void {
  if (!run.isGone) return;
  throw invalidParameter(
    `The run ${run.record.runId} must be in the 'active' state. Current state is deleted.`,
  );
}

function checkedTime(name: string, time: number): Date {
  if (!(time >= firstTime && time <= lastTime)) {
    throw invalidParameter(`Invalid value ${time} for parameter '${name}': give milliseconds since 1970`);
  }
  return new Date(time);
}

/** The years 1 to 9999: other programs read no others. */
const [firstTime, lastTime] = [Date.parse("0001-01-01T00:00:00Z"), Date.parse("9999-12-31T23:59:59.999Z")];
