/**
 * Deeper JSON is not read: programs that walk through it, ours, Python's and others, end in an overflow of
 * their stack. What is logged has 100 levels at most.
 */
export const deepestJson = 200;

/**
 * How many arrays and mappings of a JSON text are inside each other at most. Of what is no JSON, anything.
 */
function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      for (at += 1; at < text.length && text[at] !== '"'; at++) if (text[at] === "\\") at += 1;
    } else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (character === "}" || character === "]") depth -= 1;
  }
  return deepest;
}

/**
 * Whether a JSON text may be deeper than is read; few texts have so many brackets, and only those are looked
 * through.
 */
export function isTooDeep(text: string): boolean {
  return text.length > 2 * deepestJson && jsonDepth(text) > deepestJson;
}
