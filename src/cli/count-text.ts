/** @example countText(1, "entry", "entries") // "1 entry" */
export function countText(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
