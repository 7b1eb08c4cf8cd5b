import type { Label } from "./class-labels.js";
import { shown } from "./values.js";

/**
 * A warning of two classes that look the same, as where one column of a file was padded: of one class more
 * often than not.
 * @returns undefined where there are none
 */
export function twinLabels(labels: readonly Label[]): string | undefined {
  const seen = new Map<string, Label>();
  for (const label of labels) {
    if (typeof label !== "string") return undefined;
    const plain = label.normalize("NFC").trim();
    const twin = seen.get(plain);
    if (twin !== undefined) {
      return `the classes ${shown(twin)} and ${shown(label)} differ in white space or composed characters only, and count as two; where they are one, write it in one way in y_true and y_pred`;
    }
    seen.set(plain, label);
  }
  return undefined;
}
