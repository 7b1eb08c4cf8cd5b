import type { Column } from "../../api/types.js";

export interface PlacedColumn {
  column: Column;
  /** Its place in a row of the API's answer. */
  index: number;
  width: number;
  /** Pixels from the left of the grid's content. */
  left: number;
  /** For pinned columns: where they stay when the rest is scrolled. */
  pinnedAt: number | undefined;
}

export interface GridLayout {
  columns: PlacedColumn[];
  width: number;
  pinnedWidth: number;
}

export const narrowest = 48;

/**
 * Where each column stands: pinned ones first, then in the order given. The first column is pinned where there is room.
 * @param widths `name:pixels`
 */
export function layoutOf(
  columns: readonly Column[],
  pinned: readonly string[],
  widths: readonly string[],
  viewport: number,
): GridLayout {
  const chosen = new Map(
    widths.flatMap((text) => {
      const split = text.lastIndexOf(":");
      const pixels = Number(text.slice(split + 1));
      return split > 0 && pixels >= narrowest
        ? [[text.slice(0, split), Math.min(2000, pixels)] as const]
        : [];
    }),
  );
  const always = viewport >= 700 ? columns[0]?.name : undefined;
  const isPinned = ({ name }: Column) => pinned.includes(name) || name === always;
  const indexed = columns.map((column, index) => ({ column, index }));
  const ordered = [
    ...indexed.filter(({ column }) => isPinned(column)),
    ...indexed.filter(({ column }) => !isPinned(column)),
  ];
  let left = 0;
  let pinnedWidth = 0;
  const placed = ordered.map(({ column, index }): PlacedColumn => {
    const width = chosen.get(column.name) ?? usualWidth(column, index);
    const place = { column, index, width, left, pinnedAt: isPinned(column) ? left : undefined };
    left += width;
    if (place.pinnedAt !== undefined) pinnedWidth += width;
    return place;
  });
  return { columns: placed, width: left, pinnedWidth };
}

function usualWidth({ name, type }: Column, index: number): number {
  if (index === 0) return 230;
  if (type === "time") return 170;
  return Math.min(260, Math.max(type === "text" || type === "mixed" ? 150 : 96, name.length * 8 + 44));
}
