import type { Bindings } from "./bindings.js";

/**
 * LIKE in linear time, whatever the pattern: `%` is any text, `_` any one character, every other character
 * itself. DuckDB's own LIKE tries all ways to match a pattern with `_`, which can take hours; its regular
 * expressions never do.
 */
export function likeCondition(
  value: string,
  { pattern, ignoreCase }: { pattern: string; ignoreCase: boolean },
  bindings: Bindings,
): string {
  const left = ignoreCase ? `lower(${value})` : value;
  if (!pattern.includes("_")) {
    const right = bindings.bind(pattern);
    return `${left} LIKE ${ignoreCase ? `lower(${right})` : right}`;
  }
  return `regexp_full_match(${left}, ${bindings.bind(likeRegularExpression(ignoreCase ? pattern.toLowerCase() : pattern))}, 's')`;
}

/** @example likeRegularExpression("50%_") // "50.*." */
export function likeRegularExpression(pattern: string): string {
  return Array.from(pattern.replace(/%+/g, "%"), (character) => {
    if (character === "%") return ".*";
    if (character === "_") return ".";
    return plainCharacter(character);
  }).join("");
}

/** A text as a regular expression that matches it alone. */
export function plainExpression(text: string): string {
  return Array.from(text, plainCharacter).join("");
}

function plainCharacter(character: string): string {
  return /[A-Za-z0-9\u0080-\u{10ffff}]/u.test(character)
    ? character
    : `\\x{${character.codePointAt(0)?.toString(16)}}`;
}
