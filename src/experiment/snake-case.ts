/** A name in snake_case: what `testSet` is called in JSON, over HTTP, in messages and in Python. */
export type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

/** A record with its own names in snake_case; what is undefined is null. */
export type InSnakeCase<Entries extends object> = {
  [Name in keyof Entries as SnakeCase<Name & string>]:
    | Exclude<Entries[Name], undefined>
    | (undefined extends Entries[Name] ? null : never);
};

/** @example snakeCase("testSet") // "test_set" */
export function snakeCase<Name extends string>(name: Name): SnakeCase<Name> {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) as SnakeCase<Name>;
}

/**
 * A record for JSON: its own names in snake_case, in the same order, and null where it is undefined. The
 * values stay as they are.
 * @example inSnakeCase({ testSet: 1, gitCommit: undefined }) // { test_set: 1, git_commit: null }
 */
export function inSnakeCase<Entries extends object>(record: Entries): InSnakeCase<Entries> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [snakeCase(name), value ?? null]),
  ) as InSnakeCase<Entries>;
}
