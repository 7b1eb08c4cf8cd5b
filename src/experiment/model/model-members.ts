import { isPlain, reasonOf } from "./model-object.js";

/** A member of a model that may be a setting. */
export interface Member {
  name: string;
  value: unknown;
  /** The model itself declares this a setting, so that its name is no reason to take it for learned. */
  declared: boolean;
}

/** More members than this are a vocabulary or a table, not settings. */
export const mostMembers = 256;

/** Methods by which model libraries hand out their settings, and the members that hold them as one record. */
const settingsMethods = ["getParams", "get_params", "getConfig"];
const settingsRecords = new Set(["options", "params", "hyperparameters", "hyperParameters", "config"]);

/**
 * The members of an object that may be settings: what `getParams()`, `get_params()` or `getConfig()` returns
 * where it has such a method; else its own enumerable members; else, where all of those are private, what
 * `toJSON()` returns or its class's getters give. The members of a record named `options`, `params`, `config`
 * or `hyperparameters` count as its own.
 * @param options.withPrivate plain records are read whole, with members whose name starts with `_` or `#`
 * @param options.onUnreadable hears of each member that throws when it is read
 */
export function modelMembers(
  object: object,
  options: { withPrivate: boolean; onUnreadable: (name: string, reason: string) => void },
): Member[] {
  const { withPrivate, onUnreadable } = options;
  const call = (method: string) => {
    try {
      if (typeof Reflect.get(object, method) !== "function") return undefined;
      const result: unknown = (object as Record<string, () => unknown>)[method]?.();
      return isRecord(result) ? result : undefined;
    } catch (thrown) {
      onUnreadable(`${method}()`, reasonOf(thrown));
      return undefined;
    }
  };
  const read = (source: object, names: readonly string[], declared: boolean): Member[] =>
    names.flatMap((name) => {
      try {
        return [{ name, value: Reflect.get(source, name), declared }];
      } catch (thrown) {
        onUnreadable(name, reasonOf(thrown));
        return [];
      }
    });

  if (isPlain(object)) return read(object, withPrivate ? Object.keys(object) : publicNames(object), false);
  for (const method of settingsMethods) {
    const settings = call(method);
    if (settings) return read(settings, publicNames(settings), true);
  }
  const own = publicNames(object);
  if (own.length > 0) {
    const members = read(object, own, false);
    const taken = new Set(own);
    return members.flatMap((member) => {
      if (!settingsRecords.has(member.name) || !isRecord(member.value)) return [member];
      const names = publicNames(member.value);
      // Where a name is taken, the record stays a record: neither value hides the other.
      return names.some((name) => taken.has(name)) ? [member] : read(member.value, names, true);
    });
  }
  const written = call("toJSON");
  return written ? read(written, publicNames(written), false) : read(object, getterNames(object), false);
}

/** The names of an object's own enumerable members, without private ones. */
function publicNames(object: object): string[] {
  return Object.keys(object).filter((name) => !/^[_#]/u.test(name));
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && isPlain(value);
}

/** The names of the public getters of an object's class and the classes it extends. */
function getterNames(object: object): string[] {
  const names = new Set<string>();
  let prototype: unknown = Object.getPrototypeOf(object);
  while (typeof prototype === "object" && prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (property.get && !/^[_#]/u.test(name)) names.add(name);
    }
    prototype = Object.getPrototypeOf(prototype);
  }
  return [...names];
}
