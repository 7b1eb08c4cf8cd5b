import { isMap } from "node:util/types";
import { isPlain } from "../../experiment/model/model-object.js";

/** An object that is neither an array nor a plain record nor a mapping by name: a library may hold it. */
export function isForeign(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value) || ArrayBuffer.isView(value) || isMap(value)) return false;
  return !isPlain(value) || isIterable(value);
}

/** The entries of a record or a mapping by name; undefined of anything else. */
export function entriesOf(value: unknown): (readonly [unknown, unknown])[] | undefined {
  if (typeof value !== "object" || value === null || isForeign(value)) return undefined;
  if (isMap(value)) return [...value];
  return isPlain(value) ? Object.entries(value) : undefined;
}

export function isIterable(value: object): boolean {
  return Symbol.iterator in value || Symbol.asyncIterator in value;
}
