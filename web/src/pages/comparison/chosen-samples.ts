import { type ComparisonSearch, pairFilters } from "../../search.js";

export type PairFilter = (typeof pairFilters)[number];

/** What a click on a part of the page puts into the address: these samples and no others. */
export function chosenSamples(
  filter: { [Name in PairFilter]?: string | undefined },
  open?: string[],
): ComparisonSearch {
  return {
    ...Object.fromEntries(pairFilters.map((name) => [name, filter[name]])),
    open,
    offset: undefined,
  };
}
