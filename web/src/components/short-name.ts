/**
 * A class's name where it stands in a sentence: a long one is cut, since its beginning tells it apart.
 * @example shortName("x".repeat(400)).length // 41
 */
export function shortName(name: string): string {
  return name.length <= 42 ? name : `${name.slice(0, 40)}…`;
}
