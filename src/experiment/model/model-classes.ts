import { TrackingError } from "../../tracking-error.js";
import { shown } from "../input/values.js";
import { isPlain } from "./model-object.js";

/**
 * The classes of a model that is described as a record `{ name, parameters, classes }`: all it knows, in the order of its
 * probabilities. Undefined where it does not say; what is no model is refused elsewhere.
 * @throws TrackingError INVALID_MODEL where they are no list
 */
export function modelClasses(model: unknown): readonly unknown[] | undefined {
  const classes = classesMember(model);
  if (classes === undefined || classes === null) return undefined;
  if (Array.isArray(classes)) return classes;
  if (ArrayBuffer.isView(classes) && !(classes instanceof DataView)) {
    return Array.from(classes as unknown as ArrayLike<unknown>);
  }
  throw new TrackingError(
    "INVALID_MODEL",
    `parameters.model.classes is ${shown(classes)}; give every class that the model knows, in the order of its probabilities`,
  );
}

function classesMember(model: unknown): unknown {
  if (typeof model !== "object" || model === null) return undefined;
  try {
    return isPlain(model) ? (model as { classes?: unknown }).classes : undefined;
  } catch {
    return undefined; // one that cannot be read is refused as a model, with the reason
  }
}
