/**
 * Deeper JSON is not read: programs that walk through it, ours, Python's and others, end in an overflow of
 * their stack. What is logged has 100 levels at most.
 */
export const deepestJson = 200;

const [quote, backslash, brace, closingBrace, bracket, closingBracket] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

/**
 * How many arrays and mappings of a JSON text are inside each other at most. Of what is no JSON, anything.
 */
function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) {
      for (at += 1; at < text.length && text.charCodeAt(at) !== quote; at++) {
        if (text.charCodeAt(at) === backslash) at += 1;
      }
    } else if (character === brace || character === bracket) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (character === closingBrace || character === closingBracket) depth -= 1;
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
