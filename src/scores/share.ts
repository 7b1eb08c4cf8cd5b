/**
 * A part of a whole, as a share; undefined where there is no whole. A code that is not in a table counts
 * nothing.
 */
export function share(part = 0, whole = 0): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
