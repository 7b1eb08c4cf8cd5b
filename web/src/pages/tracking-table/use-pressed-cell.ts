import { type MouseEvent, useRef } from "react";

/** A cell that the pointer is pressed over, and where it is in the window. */
export interface PressedCell {
  id: string;
  column: number;
  x: number;
  y: number;
}

/** A pointer that moved further than this before it was released has selected text; pixels. A finger is unsteady. */
const slack = 12;

/**
 * The cell that a click is meant for: the one that was pressed. Rows may move before the pointer is released,
 * because something was logged or deleted, so that it is released over another row.
 */
export function usePressedCell() {
  const pressed = useRef<PressedCell>(undefined);
  return {
    /** Before it is known what is pressed. */
    forget: () => {
      pressed.current = undefined;
    },
    press: (cell: PressedCell) => {
      pressed.current = cell;
    },
    /** What a click is meant for; undefined where no cell was pressed, or the pointer moved. */
    release: ({ clientX, clientY }: MouseEvent): PressedCell | undefined => {
      const cell = pressed.current;
      pressed.current = undefined;
      return cell && Math.hypot(clientX - cell.x, clientY - cell.y) <= slack ? cell : undefined;
    },
  };
}
