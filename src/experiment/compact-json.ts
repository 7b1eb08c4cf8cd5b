import { TrackingError } from "../tracking-error.js";

const deepest = 100;
const longest = 1_000_000;

/**
 * A value as compact JSON without a raw line break or control character, and what JSON could not hold of it as warnings:
 * NaN, infinities and integers beyond 2^53 become text, undefined becomes null.
 * @param name the argument's name, for messages
 * @throws TrackingError INVALID_ARGUMENT for cycles, functions, symbols, nesting over 100 levels, over 1 MB
 * @example compactJson({ lr: 0.1, note: "a\nb" }, "extra_parameters").text // '{"lr":0.1,"note":"a\\nb"}'
 */
export function compactJson(value: unknown, name: string): { text: string; warnings: string[] } {
  const warnings: string[] = [];
  const open = new Set<object>();

  const asText = (path: string, text: string) => {
    warnings.push(`${path} is ${text}, which JSON has no number for; recorded as the text "${text}"`);
    return `"${text}"`;
  };

  const write = (item: unknown, path: string): string => {
    switch (typeof item) {
      case "string":
        return JSON.stringify(item);
      case "boolean":
        return String(item);
      case "number":
        if (!Number.isFinite(item)) return asText(path, String(item));
        return Object.is(item, -0) ? "-0" : String(item);
      case "bigint":
        return Number.isSafeInteger(Number(item)) ? String(item) : asText(path, String(item));
      case "undefined":
        return "null";
      case "function":
      case "symbol":
        throw new TrackingError(
          "INVALID_ARGUMENT",
          `${path} is a ${typeof item}, which cannot be recorded; pass its name or its settings instead`,
        );
      case "object":
        return item === null ? "null" : writeObject(item, path);
    }
  };

  const writeObject = (item: object, path: string): string => {
    if (open.has(item)) {
      throw new TrackingError("INVALID_ARGUMENT", `${path} contains itself; pass a mapping without cycles`);
    }
    if (open.size >= deepest) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `${path.slice(0, 200)}... is nested over ${deepest} levels; flatten it`,
      );
    }
    open.add(item);
    let text: string;
    if ("toJSON" in item && typeof item.toJSON === "function") {
      text = write(item.toJSON(), path);
    } else if (Array.isArray(item) || (ArrayBuffer.isView(item) && !(item instanceof DataView))) {
      text = `[${Array.from(item as ArrayLike<unknown>, (part, index) => write(part, `${path}[${index}]`)).join(",")}]`;
    } else if (
      item instanceof Map ||
      item instanceof Set ||
      item instanceof RegExp ||
      item instanceof Promise
    ) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `${path} is a ${item.constructor.name}, which cannot be recorded; pass a plain object, an array or a string instead`,
      );
    } else {
      const parts = Object.entries(item).map(
        ([key, part]) => `${JSON.stringify(key)}:${write(part, `${path}.${key}`)}`,
      );
      text = `{${parts.join(",")}}`;
    }
    open.delete(item);
    return text;
  };

  const text = write(value, name).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  if (text.length > longest) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${name} takes ${text.length} characters as JSON, over ${longest}; keep large things in a file of their own and record its path`,
    );
  }
  return { text, warnings };
}
