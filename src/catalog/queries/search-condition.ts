import { TrackingError } from "../../tracking-error.js";
import { annotationColumns, currentName } from "../columns/annotation-columns.js";
import { rawColumns } from "../columns/physical-columns.js";
import type { Bindings } from "../filter/bindings.js";

const mostWords = 20;
const longestSearch = 1_000;

/**
 * A condition over `e` for the experiments that have every word of a search somewhere, whatever the case: in
 * their id, name, model, note, tags, or the values of their parameters.
 * @returns undefined where there is no word
 * @throws TrackingError INVALID_ARGUMENT
 */
export function searchCondition(search: string, bindings: Bindings): string | undefined {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length > mostWords || search.length > longestSearch) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `search has ${words.length} words and ${search.length} characters; at most ${mostWords} and ${longestSearch} are allowed`,
    );
  }
  if (words.length === 0) return undefined;
  return `(${words.map((word) => holds(bindings.bind(word))).join(" AND ")})`;
}

function holds(word: string): string {
  const tags = annotationColumns.find(({ list }) => list !== undefined)!.list!;
  const said = `concat_ws(chr(10), e.c_prediction_id, ${currentName}, e.c_model, e.a_note, array_to_string(${tags}, chr(10)))`;
  // The text is looked at first: taking values out of JSON takes longer.
  const values = rawColumns.map(
    (column) =>
      `(contains(lower(e.${column}), ${word}) AND contains(lower(${valuesOf(`e.${column}`)}), ${word}))`,
  );
  return `coalesce(contains(lower(${said}), ${word}) OR ${values.join(" OR ")}, false)`;
}

function valuesOf(column: string): string {
  return `CASE WHEN json_valid(${column}) THEN array_to_string(json_extract_string(${column}, '$.*'), chr(10)) ELSE '' END`;
}
