import { TrackingError } from "../../tracking-error.js";
import { shown } from "../input/values.js";
import { isPlain } from "./model-object.js";

/**
 * The classes of a model that is described as a record `{ name, parameters, classes }`: all it knows, in the
 * order of its probabilities. Undefined where it does not say; what is no model is refused elsewhere.
 * @throws TrackingError INVALID_MODEL where they are no list, or one stands there twice
 */
export function modelClasses(model: unknown): readonly unknown[] | undefined {
  const classes = classesMember(model);
  if (classes === undefined || classes === null) return undefined;
  const listed = listOf(classes);
  if (listed && new Set(listed).size === listed.length) return listed;
  throw new TrackingError(
    "INVALID_MODEL",
    `parameters.model.classes is ${
      listed
        ? `[${listed
            .slice(0, 10)
            .map((each) => shown(each))
            .join(",")}]`
        : shown(classes)
    }; give every class that the model knows once, in the order of its probabilities`,
  );
}

function listOf(classes: unknown): readonly unknown[] | undefined {
  if (Array.isArray(classes)) return classes;
  if (!ArrayBuffer.isView(classes) || classes instanceof DataView) return undefined;
  return Array.from(classes as unknown as ArrayLike<unknown>);
}

function classesMember(model: unknown): unknown {
  if (typeof model !== "object" || model === null) return undefined;
  try {
    return isPlain(model) ? (model as { classes?: unknown }).classes : undefined;
  } catch {
    return undefined; // one that cannot be read is refused as a model, with the reason
  }
}
