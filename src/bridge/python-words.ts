import { sentNames } from "./sent-names.js";

/** The core's words, and Python's. */
const words: ReadonlyMap<string, string> = new Map([
  ...sentNames,
  ["bigint", "int"],
  ["NaN", "nan"],
  ["Infinity", "inf"],
]);

/** The same for what is more than a word. */
const phrases: [RegExp, string][] = [
  [/(?<= is )null\b/g, "None"],
  [/(?<= is )true\b/g, "True"],
  [/(?<= is )false\b/g, "False"],
  [/\btrue or false\b/g, "True or False"],
  [/\b(\d+)n\b/g, "$1"],
  [
    /\{ dataset_uri, target_column, test_set, model \}/g,
    '{"dataset_uri": ..., "target_column": ..., "test_set": ..., "model": model}',
  ],
  [/\{ name, parameters \}/g, '{"name": ..., "parameters": {...}}'],
  [/parameters: \{\}/g, '"parameters": {}'],
  [/\{ scaler: ("\w+") \}/g, '{"scaler": $1}'],
  [/an array or a typed array/g, "a list or an array"],
  [/an array of rows, or \{ values, columns \}/g, "or an array of rows"],
  [/a plain object/g, "a dict"],
  [/an object \(Object\)/g, "a dict"],
  [/an object of named arguments/g, "a dict"],
  [/an array of (?=\d)/g, "a list of "],
];

/**
 * A message of the core in a Python user's words. What stands in quotes is the user's own and stays as it is.
 */
export function inPythonWords(message: string): string {
  const outside = (text: string) =>
    phrases.reduce(
      (said, [pattern, phrase]) => said.replace(pattern, phrase),
      text.replace(/\b[a-zA-Z]+\b/g, (word) => words.get(word) ?? word),
    );
  return message
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, i) => (i % 2 === 1 ? part : outside(part)))
    .join("");
}
