import type { PointerEvent } from "react";

/**
 * Follows the pointer from where it went down until it is let go.
 * @param onDrag told of the pixels from there, to the right
 */
export function dragFrom(
  event: PointerEvent<HTMLElement>,
  onDrag: (by: number) => void,
  onEnd: (by: number) => void = () => {},
): void {
  const start = event.clientX;
  const handle = event.currentTarget;
  handle.setPointerCapture(event.pointerId);
  const drag = (moved: globalThis.PointerEvent) => onDrag(moved.clientX - start);
  handle.addEventListener("pointermove", drag);
  const end = (ended: globalThis.PointerEvent) => {
    handle.removeEventListener("pointermove", drag);
    onEnd(ended.clientX - start);
  };
  handle.addEventListener("pointerup", end, { once: true });
}
