const longestName = 300;
const reservedPrefixes = [
  "_TABLE_",
  "_FILE_",
  "_PARTITION",
  "_ROW_TIMESTAMP",
  "__ROOT__",
  "_COLIDENTIFIER",
  "_CHANGE_SEQUENCE_NUMBER",
  "_CHANGE_TYPE",
  "_CHANGE_TIMESTAMP",
];

/**
 * Why BigQuery refuses the columns of a Parquet file, one reason a column that it refuses. Letters of any
 * language, digits, spaces and some signs are taken (flexible column names); capitals make no difference.
 * https://docs.cloud.google.com/bigquery/docs/schemas#column_names
 * @example refusedColumns(["y_true", "feature_a.b"]) // ['"feature_a.b" has a "."']
 */
export function refusedColumns(names: readonly string[]): string[] {
  const seen = new Map<string, string>();
  return names.flatMap((name) => {
    const other = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    const why = whyRefused(name) ?? (other && `differs from ${shown(other)} in capitals only`);
    return why === undefined ? [] : [`${shown(name)} ${why}`];
  });
}

function whyRefused(name: string): string | undefined {
  if (name === "") return "is empty";
  const length = [...name].length;
  if (length > longestName) return `has ${length} characters, over ${longestName}`;
  const sign = /[!"$()*,./;?@[\\\]^`{}~\p{Cc}]/u.exec(name)?.[0];
  if (sign !== undefined) return `has a ${JSON.stringify(sign)}`;
  const prefix = reservedPrefixes.find((one) => name.toUpperCase().startsWith(one));
  return prefix && `begins with ${prefix}, which is reserved`;
}

function shown(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}...` : name);
}
