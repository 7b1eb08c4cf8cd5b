/** For a flag that can be given several times. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
