/** Where two structures differ, numbers by more than `relative`; empty where they do not. At most ten. */
export function differences(actual: unknown, expected: unknown, relative = 1e-12, at = ""): string[] {
  if (typeof actual === "number" && typeof expected === "number") {
    const close = Math.abs(actual - expected) <= relative * Math.max(Math.abs(actual), Math.abs(expected));
    return close ? [] : [`${at}: ${actual} instead of ${expected}`];
  }
  if (Array.isArray(actual) && Array.isArray(expected)) {
    if (actual.length !== expected.length) {
      return [`${at}: ${actual.length} values instead of ${expected.length}`];
    }
    return actual.flatMap((item, i) => differences(item, expected[i], relative, `${at}[${i}]`)).slice(0, 10);
  }
  if (isRecord(actual) && isRecord(expected)) {
    return Object.keys({ ...actual, ...expected })
      .flatMap((key) => differences(actual[key], expected[key], relative, `${at}.${key}`))
      .slice(0, 10);
  }
  return Object.is(actual, expected) ? [] : [`${at}: ${String(actual)} instead of ${String(expected)}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
