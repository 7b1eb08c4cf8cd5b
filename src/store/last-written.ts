/**
 * The files that a store wrote last, as it wrote them: where nobody else writes them, they need not be read
 * before a line is added. The oldest go when there are more than `mostBytes`.
 */
export function lastWritten(mostBytes: number) {
  const files = new Map<string, { bytes: Uint8Array; version: string }>();
  let total = 0;
  const forget = (path: string) => {
    total -= files.get(path)?.bytes.length ?? 0;
    files.delete(path);
  };
  return {
    of: (path: string) => files.get(path),
    keep(path: string, bytes: Uint8Array, version: string) {
      forget(path);
      files.set(path, { bytes, version });
      total += bytes.length;
      for (const oldest of files.keys()) {
        if (total <= mostBytes) break;
        forget(oldest);
      }
    },
    forget,
  };
}
