import { createHash } from "node:crypto";

import { featurePrefix } from "./prediction-table.js";
import { UnreadableFile } from "./read/unreadable-file.js";

/** In a file's metadata: the columns of features whose names differ from what the user called them. */
export const featuresKey = "ml_tracking.features";

/** What every program takes for a column's name; BigQuery takes 300 characters. */
const isSafe = /^[A-Za-z0-9_]+$/;
const longest = 280;

/**
 * The column of each feature: `feature_` and its name, where that has nothing but ASCII letters, digits and
 * underscores. Of another name these are kept, with six hexadecimal digits of its digest, so that one feature has
 * one column in all files, whichever features are beside it. Of names that are equal but for capitals, which
 * databases take for one, those with capitals get the digits, too.
 * @example featureColumns(["bill length (mm)"]).get("bill length (mm)") // "feature_bill_length_mm_adee07"
 */
export function featureColumns(names: readonly string[]): Map<string, string> {
  const lower = names.map((name) => name.toLowerCase());
  const isAlone = (name: string) =>
    name === name.toLowerCase() ||
    lower.indexOf(name.toLowerCase()) === lower.lastIndexOf(name.toLowerCase());
  const keepsName = (name: string) => isPlain(name) && isAlone(name);
  const columns = new Map(names.filter(keepsName).map((name) => [name, `${featurePrefix}${name}`]));
  const taken = new Set([...columns.values()].map((column) => column.toLowerCase()));
  for (const name of names.filter((each) => !keepsName(each)).sort()) {
    const digest = createHash("sha256").update(name).digest("hex");
    const kept = name
      .replaceAll(/[^A-Za-z0-9]+/g, "_")
      .replaceAll(/^_|_$/g, "")
      .slice(0, longest);
    let column = "";
    for (let digits = 6; column === "" || taken.has(column.toLowerCase()); digits++) {
      column = featurePrefix + [kept, digest.slice(0, digits)].filter(Boolean).join("_");
    }
    taken.add(column.toLowerCase());
    columns.set(name, column);
  }
  return columns;
}

function isPlain(name: string): boolean {
  return isSafe.test(name) && name.length <= longest;
}

/** What the metadata says of features whose columns are not called as they are; undefined where none. */
export function featuresMetadata(columns: ReadonlyMap<string, string>): string | undefined {
  const differing = [...columns].filter(([name, column]) => column !== `${featurePrefix}${name}`);
  if (differing.length === 0) return undefined;
  return JSON.stringify(Object.fromEntries(differing.map(([name, column]) => [column, name])));
}

/**
 * What the columns of a file are called by whoever reads them: features by `feature_` and the name that the
 * user gave them. Files of format 1 have that name already.
 * @throws UnreadableFile where the metadata is not what it should be
 */
export function columnNames(columns: readonly string[], metadata: Record<string, string>): string[] {
  const json = Object.hasOwn(metadata, featuresKey) ? metadata[featuresKey] : undefined;
  if (json === undefined) return [...columns];
  const given = featureNamesIn(json);
  const names = columns.map((column) => {
    const name = column.startsWith(featurePrefix) ? given.get(column) : undefined;
    return name === undefined ? column : `${featurePrefix}${name}`;
  });
  if (new Set(names).size === names.length) return names;
  throw new UnreadableFile("its metadata gives two features one name");
}

function featureNamesIn(json: string): Map<string, string> {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    // said below
  }
  const entries = typeof given === "object" && given !== null ? Object.entries(given) : [];
  if (entries.length > 0 && entries.every(([, name]) => typeof name === "string")) return new Map(entries);
  throw new UnreadableFile(`its metadata has no names of features under ${featuresKey}`);
}
