import { z } from "@hono/zod-openapi";

import type { Catalog, ProjectTable, SortKey } from "../catalog/catalog.js";
import { TrackingError } from "../tracking-error.js";
import { listOf, several, wholeNumberText } from "./query-parameters.js";

export const projectParameter = z.object({ project: z.string() });
export const filterQuery = z.strictObject({
  filter: z.string().optional().openapi({ example: "f1_macro > 0.9 AND params.k < 5" }),
});
export const count = wholeNumberText.optional();
export const selection = filterQuery.extend({
  sort: several.openapi({
    description:
      "A column, then `:desc`, `:asc` or, of a score, `:best`, which a name that itself ends so needs; repeat it for further keys",
  }),
  column: several.openapi({ description: "A column to give; repeat it" }),
});

export const pageQuery = selection.extend({ limit: count, offset: count, cursor: z.string().optional() });

/** What has columns, groups, values and exports, and where: experiments, and runs. */
export function projectTables(
  catalog: Catalog,
): readonly { path: string; rows: "experiments" | "runs"; table: ProjectTable }[] {
  return [
    { path: "/api/projects/{project}", rows: "experiments", table: catalog },
    { path: "/api/projects/{project}/runs", rows: "runs", table: catalog.runs },
  ];
}

const directions = { asc: "ascending", desc: "descending", best: "best" } as const;

/** The sort keys of an address, such as `accuracy:best`. */
export function sortKeys(texts: string | readonly string[] | undefined): readonly SortKey[] | undefined {
  return listOf(texts)?.map((text): SortKey => {
    const key = /^(.*):(asc|desc|best)$/s.exec(text);
    if (!key) return { column: text, direction: "ascending" };
    if (key[1] === "")
      throw new TrackingError("INVALID_ARGUMENT", `sort is ${JSON.stringify(text)}; name a column`);
    return { column: key[1] as string, direction: directions[key[2] as keyof typeof directions] };
  });
}
