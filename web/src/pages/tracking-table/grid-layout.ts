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
 * Where each column stands: pinned ones first, then in the order given. The first column is pinned where
 * there is room.
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

export interface DrawnColumn {
  placed: PlacedColumn;
  /** Its position among all columns of the layout. */
  at: number;
  /** The room of the columns before it that are not drawn. */
  marginLeft: number;
}

/** So many pixels beyond what is seen, columns are drawn already. */
const ahead = 300;

/** The pinned columns, and of the others those that are seen or nearly so. */
export function drawnColumns(
  { columns, pinnedWidth }: GridLayout,
  { scrollLeft, width }: { scrollLeft: number; width: number },
): DrawnColumn[] {
  const drawn = columns
    .map((placed, at) => ({ placed, at, marginLeft: 0 }))
    .filter(
      ({ placed: { pinnedAt, left, width: own } }) =>
        pinnedAt !== undefined || (left + own > scrollLeft - ahead && left < scrollLeft + width + ahead),
    );
  const first = drawn.findIndex(({ placed }) => placed.pinnedAt === undefined);
  return drawn.map((each, i) =>
    i === first ? { ...each, marginLeft: each.placed.left - pinnedWidth } : each,
  );
}

/** Where to scroll so that a column is seen; undefined where it is. */
export function scrollLeftFor(
  { columns, pinnedWidth }: GridLayout,
  column: number,
  { scrollLeft, clientWidth }: { scrollLeft: number; clientWidth: number },
): number | undefined {
  const placed = columns[column];
  if (!placed || placed.pinnedAt !== undefined) return undefined;
  const { left, width } = placed;
  if (left - pinnedWidth < scrollLeft) return left - pinnedWidth;
  return left + width > scrollLeft + clientWidth ? left + width - clientWidth : undefined;
}

function usualWidth({ name, type }: Column, index: number): number {
  if (index === 0) return 230;
  if (name === "model") return 200;
  if (type === "time") return 240;
  return Math.min(260, Math.max(type === "text" || type === "mixed" ? 150 : 96, name.length * 8 + 44));
}
