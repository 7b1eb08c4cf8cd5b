import type { Store } from "../store/store.js";
import type { LogShape, RowCells } from "./log-shape.js";
import { lookAtProject } from "./look-at-logs.js";
import { splitLines } from "./read-log.js";
import { parseHeader, parseRow } from "./row.js";

export interface LogFollower {
  /** Takes every row that was not seen before; a row may come again where files were put together. */
  look(): Promise<void>;
}

interface SeenFile {
  version: string;
  /** Bytes that were read, up to the end of a line. */
  end: number;
  header: readonly string[] | undefined;
}

const mostTries = 5;
/** Logs are read in pieces, so that memory need not hold a large one whole. */
const pieceBytes = 16 * 2 ** 20;

/**
 * Reads a project's log again and again, each time what is new only.
 * @param take gets the rows; lines that are none are left out
 * @param isKnown tells from a line whether it need not be parsed
 */
export function followLog(
  store: Store,
  project: string,
  log: LogShape,
  { take, isKnown = () => false }: { take: (cells: RowCells) => void; isKnown?: (line: string) => boolean },
): LogFollower {
  let files = new Map<string, SeenFile>();

  const readOn = async (
    path: string,
    seen: SeenFile | undefined,
    file: { size: number; version: string },
  ) => {
    const isLonger = seen !== undefined && file.size >= seen.end;
    let end = isLonger ? seen.end : 0;
    let header = isLonger ? seen.header : undefined;
    let isFirst = end === 0;
    for (let size = pieceBytes, to = end; to < file.size; ) {
      to = Math.min(end + size, file.size);
      const bytes = await store.readRange(path, end, to);
      const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
      for (const { text, problem } of splitLines(whole)) {
        if (isFirst) header = problem === undefined ? parseHeader(text, log) : undefined;
        else if (header && problem === undefined && text !== "" && !isKnown(text)) {
          const row = parseRow(header, text, log);
          if ("cells" in row) take(row.cells);
        }
        isFirst = false;
      }
      end += whole.length;
      if (whole.length === 0) size *= 2; // a line may be longer
    }
    return { version: file.version, end, header };
  };

  const tryToLook = async (): Promise<boolean> => {
    const listing = await lookAtProject(store, project, log);
    if (!listing) return false;
    const next = new Map<string, SeenFile>();
    for (const file of listing) {
      const seen = files.get(file.path);
      next.set(file.path, seen?.version === file.version ? seen : await readOn(file.path, seen, file));
    }
    files = next;
    return true;
  };

  return {
    async look() {
      for (let tries = 0; tries < mostTries; tries++) if (await tryToLook()) return;
    },
  };
}
