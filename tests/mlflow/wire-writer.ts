import { expect } from "vitest";

import { callWire } from "./wire.js";

/** What was sent: certain once it was acknowledged; what the kill cut off may be there or not. */
interface Sent {
  certain: boolean;
}

interface SentRun {
  id: string;
  token: string;
  /** By `key step`: each is logged once. */
  metrics: Map<string, Sent & { value: number }>;
  params: Map<string, Sent & { value: string }>;
  /** The values of the one tag that is set again and again, in their order. */
  tags: (Sent & { value: string })[];
  ended: Sent | undefined;
}

/** Logs to runs of its own without a pause, and knows what a server has to remember of it. */
export class WireWriter {
  readonly #name: string;
  readonly #runs: SentRun[] = [];
  /** Of each run that it asked for. */
  readonly #created = new Map<string, Sent>();
  #count = 0;
  acknowledged = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Logs to a run of others, too, under keys of its own. */
  join(id: string): void {
    const [metrics, params] = [new Map(), new Map()];
    this.#runs.unshift({ id, token: "shared", metrics, params, tags: [], ended: { certain: false } });
  }

  /** Returns when the server is gone. */
  async writeUntilCut(uri: string): Promise<void> {
    try {
      for (;;) await this.#writeOnce(uri);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // what fetch throws where a connection ends
    }
  }

  async #writeOnce(uri: string): Promise<void> {
    const run = this.#runs.at(-1);
    const dice = Math.random();
    if (!run || dice < 0.1) await this.#create(uri);
    else if (dice < 0.2) await this.#end(uri, run);
    else if (dice < 0.6) await this.#metric(uri, dice < 0.3 ? this.#any() : run);
    else if (dice < 0.8) await this.#batch(uri, dice < 0.65 ? this.#any() : run);
    else if (dice < 0.9) await this.#param(uri, run);
    else await this.#tag(uri, dice < 0.95 ? this.#any() : run);
  }

  /** Runs are logged to after their end, and after the server's, too. */
  #any(): SentRun {
    return this.#runs[Math.floor(Math.random() * this.#runs.length)]!;
  }

  async #send(sent: readonly Sent[], call: () => Promise<unknown>): Promise<void> {
    await call();
    for (const each of sent) each.certain = true;
    this.acknowledged += 1;
  }

  async #create(uri: string): Promise<void> {
    const token = `${this.#name} ${(this.#count += 1)}`;
    const created: Sent = { certain: false };
    this.#created.set(token, created);
    await this.#send([created], async () => {
      const { run } = await callWire(uri, "POST runs/create", {
        experiment_id: "0",
        run_name: token,
        start_time: Date.now(),
        tags: [{ key: "token", value: token }],
      });
      this.#runs.push({
        id: run.info.run_id,
        token,
        metrics: new Map(),
        params: new Map(),
        tags: [],
        ended: undefined,
      });
    });
  }

  async #end(uri: string, run: SentRun): Promise<void> {
    run.ended ??= { certain: false };
    await this.#send([run.ended], () =>
      callWire(uri, "POST runs/update", { run_id: run.id, status: "FINISHED", end_time: Date.now() }),
    );
  }

  async #metric(uri: string, run: SentRun): Promise<void> {
    const metric = this.#newMetric(run);
    await this.#send([metric.sent], () =>
      callWire(uri, "POST runs/log-metric", { run_id: run.id, ...metric.fields }),
    );
  }

  #newMetric(run: SentRun) {
    const [key, step] = [`${this.#name} m${this.#count % 3}`, (this.#count += 1)];
    const sent = { certain: false, value: Math.random() };
    run.metrics.set(`${key} ${step}`, sent);
    return { sent, fields: { key, step, value: sent.value, timestamp: Date.now() } };
  }

  #newParam(run: SentRun) {
    const key = `${this.#name} p${(this.#count += 1)}`;
    const sent = { certain: false, value: `value "${key}", of\n${run.token}` };
    run.params.set(key, sent);
    return { sent, fields: { key, value: sent.value } };
  }

  #newTag(run: SentRun) {
    const sent = { certain: false, value: String((this.#count += 1)) };
    run.tags.push(sent);
    return { sent, fields: { key: `${this.#name} count`, value: sent.value } };
  }

  async #batch(uri: string, run: SentRun): Promise<void> {
    const metrics = Array.from({ length: 20 }, () => this.#newMetric(run));
    const params = [this.#newParam(run), this.#newParam(run)];
    const tag = this.#newTag(run);
    const sent: Sent[] = [...metrics, ...params, tag].map((each) => each.sent);
    await this.#send(sent, () =>
      callWire(uri, "POST runs/log-batch", {
        run_id: run.id,
        metrics: metrics.map(({ fields }) => fields),
        params: params.map(({ fields }) => fields),
        tags: [tag.fields],
      }),
    );
  }

  async #param(uri: string, run: SentRun): Promise<void> {
    const param = this.#newParam(run);
    await this.#send([param.sent], () =>
      callWire(uri, "POST runs/log-parameter", { run_id: run.id, ...param.fields }),
    );
  }

  async #tag(uri: string, run: SentRun): Promise<void> {
    const tag = this.#newTag(run);
    await this.#send([tag.sent], () => callWire(uri, "POST runs/set-tag", { run_id: run.id, ...tag.fields }));
  }

  /** Reads back everything that was sent. */
  async expectAllAt(uri: string): Promise<void> {
    for (const [token, sent] of this.#created) await expectCreated(uri, token, sent);
    for (const run of this.#runs) await expectRun(uri, run, this.#name);
  }
}

async function expectCreated(uri: string, token: string, { certain }: Sent): Promise<void> {
  const filter = `tags.token = '${token}'`;
  const { runs = [] } = await callWire(uri, "POST runs/search", { experiment_ids: ["0"], filter });
  if (certain || runs.length > 0) expect(runs, token).toHaveLength(1);
}

async function expectRun(uri: string, sent: SentRun, writer: string): Promise<void> {
  const { run } = await callWire(uri, "GET runs/get", { run_id: sent.id });
  expect(run.info.run_name).toBe(sent.token);
  if (sent.ended?.certain) expect(run.info.status, sent.token).toBe("FINISHED");
  if (!sent.ended) expect(run.info.status, sent.token).toBe("RUNNING");
  const params = new Map([...pairs(run.data.params)].filter(([key]) => key.startsWith(`${writer} `)));
  expectSent(params, sent.params, sent.token);
  const lastTag = sent.tags.findLastIndex(({ certain }) => certain);
  const possible = sent.tags.slice(Math.max(lastTag, 0)).map(({ value }) => value);
  const count = pairs(run.data.tags).get(`${writer} count`);
  if (lastTag >= 0 || count !== undefined) expect(possible, sent.token).toContain(count);
  const points: [string, unknown][] = [];
  for (const key of ["m0", "m1", "m2"].map((each) => `${writer} ${each}`)) {
    const { metrics = [] } = await callWire(uri, "GET metrics/get-history", {
      run_id: sent.id,
      metric_key: key,
    });
    for (const { step, value } of metrics) points.push([`${key} ${step}`, value]);
  }
  const found = new Map(points);
  expect(found.size, `${sent.token}: points that are there once`).toBe(points.length);
  expectSent(found, sent.metrics, sent.token);
}

/** All that is certain is there, and nothing that was not sent. */
function expectSent(
  found: Map<string, unknown>,
  sent: SentRun["params"] | SentRun["metrics"],
  run: string,
): void {
  const missing = [...sent].filter(([key, { certain }]) => certain && !found.has(key));
  expect(missing, `${run}: acknowledged, and not there`).toEqual([]);
  const other = [...found].filter(([key, value]) => sent.get(key)?.value !== value);
  expect(other, `${run}: there, and never sent`).toEqual([]);
}

function pairs(list: readonly { key: string; value: string }[] = []): Map<string, string> {
  return new Map(list.map(({ key, value }) => [key, value]));
}
