import { visibleText } from "../tracking-error.js";

/**
 * Text for HTML and SVG, between tags and in quoted attributes. What would turn the direction of the text or
 * cannot be seen is shown as U+FFFD.
 */
export function escaped(text: string): string {
  return visibleText(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
