/** Texts by name as the wire has them. */
export function wirePairs(texts: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(texts).map(([key, value]) => ({ key, value }));
}
