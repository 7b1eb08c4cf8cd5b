import { nothingLogged, type RunRecord } from "../run/run-record.js";

const { inputs: noInputs, outputs: noOutputs } = nothingLogged();
const mostTexts = 10_000;
const texts = new Map<string, string>();

/**
 * A run as it was read, without what it need not keep: a part of a text keeps all of it in memory, which of a
 * cell is its line; and most runs share their user, their program and its commit with others.
 */
export function inLittleMemory(run: RunRecord): RunRecord {
  const { inputs, outputs } = run;
  return {
    ...run,
    runId: copied(run.runId),
    project: shared(run.project),
    name: run.name && copied(run.name),
    parentRunId: run.parentRunId && shared(run.parentRunId),
    error: run.error && copied(run.error),
    user: run.user && shared(run.user),
    host: run.host && shared(run.host),
    source: run.source && shared(run.source),
    gitCommit: run.gitCommit && shared(run.gitCommit),
    inputs: inputs.datasets.length + inputs.models.length > 0 ? inputs : noInputs,
    outputs: outputs.models.length > 0 ? outputs : noOutputs,
  };
}

function copied(text: string): string {
  return Buffer.from(text).toString();
}

function shared(text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size >= mostTexts) texts.clear();
  const own = copied(text);
  texts.set(own, own);
  return own;
}
