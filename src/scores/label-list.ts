import type { Label } from "./label.js";

const mostLabels = 10;
const mostCharacters = 60;

/**
 * Labels for a sentence: quoted as JSON where they are text, each cut after 60 characters, and counted from
 * the eleventh on.
 * @example labelList(["cat", 2, "dog"]) // '"cat", 2 and "dog"'
 * @example labelList(Array.from({ length: 13 }, (_, code) => code)) // '0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 3 more'
 */
export function labelList(labels: readonly Label[]): string {
  const shown = labels.slice(0, mostLabels).map(labelText);
  if (labels.length > mostLabels) return `${shown.join(", ")} and ${labels.length - mostLabels} more`;
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}

function labelText(label: Label): string {
  if (typeof label !== "string") return String(label);
  const characters = Array.from(label.slice(0, 2 * mostCharacters + 2));
  return JSON.stringify(
    characters.length > mostCharacters ? `${characters.slice(0, mostCharacters).join("")}…` : label,
  );
}
