let pressedAt = 0;
if (typeof document !== "undefined") {
  document.addEventListener("pointerdown", ({ clientY }) => (pressedAt = clientY), { passive: true });
}

/** Room between what was clicked and the panel, in pixels. */
const room = 28;

/**
 * Scrolls as far as needed for what was clicked, or by the keyboard chosen, to stand above a panel at the lower edge
 * of the window.
 */
export function keepClickInView(panel: HTMLElement): void {
  requestAnimationFrame(() => {
    const focused = document.activeElement;
    const at =
      focused === null || focused === document.body || panel.contains(focused)
        ? pressedAt
        : focused.getBoundingClientRect().bottom;
    const hidden = at + room - panel.getBoundingClientRect().top;
    const isClickInWindow = at >= 0 && at <= window.innerHeight;
    if (hidden > 0 && isClickInWindow) window.scrollBy({ top: hidden, behavior: "instant" });
  });
}
