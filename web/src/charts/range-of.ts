/**
 * The least and the greatest of some numbers, of which there may be any number: too many for arguments of
 * Math.min.
 */
export function rangeOf(values: readonly number[]): [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}
