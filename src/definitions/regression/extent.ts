/**
 * The largest number less the smallest.
 * @example extent(Float64Array.of(3, 1, 2)) // 2
 */
export function extent(values: Float64Array): number {
  let [smallest, largest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  return largest - smallest;
}
