import { open } from "node:fs/promises";

import { checkPages } from "../predictions/read/check-pages.js";
import { fileRanges } from "../predictions/read/file-ranges.js";
import { loadHyparquet } from "../predictions/read/load-hyparquet.js";
import { notReadable } from "./not-readable.js";
import type { Predictions } from "./open-predictions.js";

/**
 * Checks the pages of some columns, once an experiment: DuckDB reads a damaged page without a look at its
 * checksum, and then answers with wrong numbers. Also that the pages hold as many values as there are rows.
 * @throws TrackingError PREDICTIONS_NOT_READABLE
 */
export async function checkColumns(
  predictions: Predictions,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const name of names) {
    await predictions.cache.get(
      `${predictions.id}\0checked\0${name}`,
      async (giveUp) => {
        await checkColumn(predictions, name, giveUp);
        return { bytes: 64 };
      },
      signal,
    );
  }
}

async function checkColumn(predictions: Predictions, name: string, signal: AbortSignal): Promise<void> {
  try {
    const { element, chunks } = predictions.footer.column(name);
    const hyparquet = await loadHyparquet();
    const file = await open(predictions.path, "r");
    try {
      const bytes = fileRanges(file, (await file.stat()).size);
      for (const chunk of chunks) {
        signal.throwIfAborted();
        const part = await bytes.slice(chunk.offset, chunk.offset + chunk.size);
        checkPages(part, chunk, element, chunk.rows, hyparquet);
      }
    } finally {
      await file.close();
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw notReadable(predictions.name, cause);
  }
}
