import stringWidth from "string-width";

import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { experimentTitle } from "../experiment/experiment-title.js";
import { modelInShort } from "../experiment/model-in-short.js";
import { findScore, scoreRegistry } from "../scores/registry.js";
import { shortNumber } from "../scores/short-number.js";
import { type TableColumn, textTable } from "./text-table.js";

interface ScoringTableOptions {
  sort?: string;
  together?: boolean;
  added?: {
    names: readonly string[];
    values: ReadonlyMap<string, Readonly<Record<string, number | null>>>;
  };
}

const noScores = { names: [], values: new Map() } satisfies ScoringTableOptions["added"];

/**
 * The scoring table as text, as wide as the screen: who, what, then the scores that fit.
 * @param together of one test set, logged together: time and test set are not worth a column
 * @param added the scores that the project has beside those of every project, which stand after the first
 */
export function scoringTable(
  experiments: readonly ExperimentRecord[],
  width: number,
  { sort, together = false, added = noScores }: ScoringTableOptions = {},
): string {
  const first: TableColumn[] = [
    { title: "prediction id" },
    ...(together ? [] : [{ title: "logged at" }]),
    { title: "name" },
    { title: "model" },
    ...(together ? [] : [{ title: "test set" }]),
  ];
  const before = experiments.map((record) => [
    record.predictionId,
    ...(together ? [] : [record.loggedAt.toISOString().slice(0, 16).replace("T", " ")]),
    shorten(experimentTitle(record.name, record.predictionId), 24),
    shorten(modelInShort(record.model, record.modelParameters), 28),
    ...(together ? [] : [record.testSetDigest.slice(0, 6)]),
  ]);
  const taken = first.map(({ title }, i) =>
    Math.max(title.length, ...before.map((row) => stringWidth(row[i] as string))),
  );
  let left = width - taken.reduce((sum, columnWidth) => sum + columnWidth + 2, 0);
  let hasPositive = false;

  const addedNames = added.names.map((name) => `added.${name}`);
  const ranked = [...scoreRegistry.map(({ name }) => name as string), ...addedNames].sort(
    (a, b) => rank(a, sort) - rank(b, sort),
  );
  const valueText = ({ scores, predictionId }: ExperimentRecord, name: string) =>
    shortNumber(
      name.startsWith("added.")
        ? added.values.get(predictionId)?.[name.slice("added.".length)]
        : (scores as Readonly<Record<string, number>>)[name],
    );
  const shown: string[] = [];
  for (const name of ranked) {
    const values = experiments.map((record) => valueText(record, name));
    if (values.every((value) => value === "")) continue;
    const isOfPositive = findScore(name)?.binaryOnly === true;
    const positiveWidth = isOfPositive && !hasPositive ? longestLabel + 2 : 0;
    const columnWidth = Math.max(name.length, ...values.map((value) => value.length)) + 2 + positiveWidth;
    // The first is shown in any case: it is what the table is sorted by.
    if (columnWidth > left && shown.length > 0) {
      if (positiveWidth > 0) continue; // a score that needs no word beside it may still fit
      break;
    }
    left -= columnWidth;
    hasPositive ||= isOfPositive;
    shown.push(name);
  }
  // Precision, recall and F1 mean nothing without the class that they are about.
  const ofPositive = shown.some((name) => findScore(name)?.binaryOnly);
  const columns: TableColumn[] = [
    ...first,
    ...shown.map((title): TableColumn => ({ title, align: "right" })),
    ...(ofPositive ? [{ title: positiveTitle }] : []),
  ];
  const rows = experiments.map((record, i) => [
    ...(before[i] as string[]),
    ...shown.map((name) => valueText(record, name)),
    ...(ofPositive ? [shorten(record.positiveLabel ?? "", longestLabel)] : []),
  ]);
  return textTable(columns, rows);
}

const positiveTitle = "positive label";
const longestLabel = positiveTitle.length;

/** The scores that tell most first; as many as fit are shown. */
function rank(name: string, sort: string | undefined): number {
  if (name === sort) return -1;
  if (name.startsWith("added.")) return 0;
  return findScore(name)?.headline ? 1 : 2;
}

function shorten(text: string, longest: number): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : text;
}
