import type { Searched } from "../columns/project-columns.js";
import type { Bindings } from "./bindings.js";
import { plainExpression } from "./like-condition.js";

/**
 * Whether a text stands in one of the columns or in the value of a parameter, whatever its case. A number has
 * to be the whole value: 3 does not find 0.35.
 */
export function searchCondition({ columns, mappings }: Searched, text: string, bindings: Bindings): string {
  const wanted = `lower(${bindings.bind(text)})`;
  const found = columns.flatMap(({ forms }) =>
    forms.text ? [`contains(lower(coalesce(${forms.text}, '')), ${wanted})`] : [],
  );
  const inJson = JSON.stringify(text).slice(1, -1);
  const written = `lower(${bindings.bind(inJson)})`;
  const value = bindings.bind(jsonValue(inJson));
  for (const raw of mappings) {
    const json = `coalesce(${raw}, '')`;
    // The first condition is cheap, and false for most.
    found.push(`(contains(lower(${json}), ${written}) AND regexp_matches(${json}, ${value}))`);
  }
  return `(${found.join(" OR ")})`;
}

/**
 * The values of compact JSON that have a text: a string is a value and no key where its end is followed by
 * the end of a member. @example matches `{"kernel":"rbf"}` by `rb`, not by `kern`
 */
function jsonValue(text: string): string {
  const plain = plainExpression(text);
  const inString = `${plain}(?:[^"\\\\]|\\\\.)*"\\s*[,}\\]]`;
  const whole = `[:\\[,]\\s*${plain}\\s*[,}\\]]`;
  return `(?i)(?:${inString}|${whole})`;
}
