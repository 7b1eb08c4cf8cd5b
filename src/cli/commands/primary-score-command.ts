import type { PrimaryScore } from "../../annotations/annotation-schema.js";
import { primaryScores, setPrimaryScore } from "../../jobs/primary-score.js";
import { TrackingError } from "../../tracking-error.js";
import type { StoreFlags } from "../define-command.js";
import type { Terminal } from "../terminal.js";

export interface PrimaryScoreFlags extends StoreFlags {
  usual?: boolean;
}

export async function primaryScoreCommand(
  project: string,
  score: string | undefined,
  options: PrimaryScoreFlags,
  terminal: Terminal,
): Promise<void> {
  if (options.usual && score !== undefined) {
    throw new TrackingError("INVALID_ARGUMENT", `both ${score} and --usual are given; give one of them`);
  }
  const place = options.store === undefined ? {} : { store: options.store };
  const wanted = options.usual ? null : score;
  const found =
    wanted === undefined
      ? await primaryScores(project, place)
      : await setPrimaryScore(project, wanted, place);
  const all = [found.classification, found.regression];
  await terminal.out(
    options.json ? `${JSON.stringify({ project, primary_scores: all })}\n` : all.map(inWords).join(""),
  );
}

function inWords({ kind, score, source, author, written_at }: PrimaryScore): string {
  const why = source === "usual" ? "as usual" : `set by ${author || "somebody"} at ${written_at}`;
  return `${kind}: ${score} (${why})\n`;
}
