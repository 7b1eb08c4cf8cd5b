import { featurePrefix } from "./prediction-table.js";
import { UnreadableFile } from "./read/unreadable-file.js";

/** In a file's metadata: the columns of features whose names differ from what the user called them. */
export const featuresKey = "ml_tracking.features";

/** What every program takes for a column's name; BigQuery takes 300 characters. */
const isSafe = /^[A-Za-z0-9_]+$/;
const longest = 280;

/**
 * The column of each feature: `feature_` and its name, in which every character that is no ASCII letter, digit
 * or underscore is an underscore. Of names that are then equal, or but for capitals, which databases take for
 * one, all but the first get a number: `_2`, `_3`. Names that are safe as they are come first, then others in
 * the order of their characters, so that the order in which they were given does not matter.
 * @example featureColumns(["bill length (mm)", "age", "Age"]).get("bill length (mm)") // "feature_bill_length__mm_"
 */
export function featureColumns(names: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  const columns = new Map<string, string>();
  const inOrder = [...names].sort((a, b) => Number(isPlain(b)) - Number(isPlain(a)) || (a < b ? -1 : 1));
  for (const name of inOrder) {
    const plain = name.replaceAll(/[^A-Za-z0-9_]/gu, "_").slice(0, longest);
    let column = `${featurePrefix}${plain}`;
    for (let number = 2; taken.has(column.toLowerCase()); number++) {
      column = `${featurePrefix}${plain}_${number}`;
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
