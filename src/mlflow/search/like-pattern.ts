/**
 * SQL's LIKE as a test: `%` is any text, `_` any one character, every other character itself; there is no
 * escape. It takes at most text times pattern steps, whatever the pattern. With `ignoreCase`, as ILIKE, in
 * every alphabet: MLflow on SQLite knows only that of ASCII.
 * @example likePattern("f1%")("f1_macro") // true
 */
export function likePattern(
  pattern: string,
  { ignoreCase = false }: { ignoreCase?: boolean } = {},
): (text: string) => boolean {
  const wanted = Array.from(ignoreCase ? pattern.toLowerCase() : pattern);
  if (!wanted.includes("_")) {
    const pieces = wanted.join("").split("%");
    return (text) => hasPieces(ignoreCase ? text.toLowerCase() : text, pieces);
  }
  return (text) => matches(Array.from(ignoreCase ? text.toLowerCase() : text), wanted);
}

/** Whether the text begins with the first piece, ends with the last, and has the others in turn between. */
function hasPieces(text: string, pieces: readonly string[]): boolean {
  const first = pieces[0] as string;
  if (pieces.length === 1) return text === first;
  const last = pieces.at(-1) as string;
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (let i = 1; i < pieces.length - 1; i++) {
    const piece = pieces[i] as string;
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= end;
}

/** The first place for each part between two `%` is as good as any later one, so only the last `%` is retried. */
function matches(text: readonly string[], pattern: readonly string[]): boolean {
  let [at, next] = [0, 0];
  let retry: { at: number; next: number } | undefined;
  while (at < text.length) {
    const wanted = pattern[next];
    if (wanted === "%") {
      next += 1;
      retry = { at, next };
    } else if (wanted === "_" || wanted === text[at]) {
      at += 1;
      next += 1;
    } else if (retry) {
      retry.at += 1;
      ({ at, next } = retry);
    } else return false;
  }
  while (pattern[next] === "%") next += 1;
  return next === pattern.length;
}
