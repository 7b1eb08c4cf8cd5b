import { isDate, isMap, isRegExp, isSet } from "node:util/types";
import { isError } from "../tracking-error.js";
import { onOneLine } from "./json-cell.js";
import { className, functionName, isPlain, reasonOf, wellFormed } from "./model/model-object.js";

const deepest = 100;
const longest = 1_000_000;
const longestText = 200;
/** More values than this, and more characters, would not fit anyway. */
const mostValues = 500_000;
const mostWarnings = 20;

/**
 * A value as compact JSON without a raw line break or control character; and what JSON could not hold of it
 * as warnings. Nothing is refused, since what is recorded besides must not cost an evaluation:
 * - a Map is a record, a Set or typed array a list, a Date ISO text, a URL or RegExp its text, a bigint its
 *   digits, and an instance of a class a record of its members; undefined is null;
 * - NaN, infinities, integers beyond 2^53, functions, symbols, what contains itself, what throws when it is
 *   read, what is nested over 100 levels, and anything else become text, with a warning; of a Map's keys that
 *   are one text, each is kept;
 * - where all takes over 1 MB, the largest members are cut, with a warning.
 * @param name the argument's name, for messages
 * @example compactJson({ lr: 0.1, note: "a\nb" }, "extra_parameters").text // '{"lr":0.1,"note":"a\\nb"}'
 */
export function compactJson(value: unknown, name: string): { text: string; warnings: string[] } {
  const writer = jsonWriter();
  let text = writer.write(value, name);
  if (text.length > longest && typeof value === "object" && value !== null) {
    text = writer.cutLargest(value, name);
  }
  return { text: onOneLine(text), warnings: fewWarnings(writer.warnings) };
}

/**
 * One long function, since its parts call each other and share the warnings and the objects that they are
 * inside of.
 */
function jsonWriter() {
  const warnings: string[] = [];
  const open = new Set<object>();
  let values = 0;

  /** What stands for a value that JSON cannot hold, with a warning that says so. */
  const asText = (path: string, what: string, text: string, why = "which JSON cannot hold") => {
    const kept = wellFormed(text.length > longestText ? `${text.slice(0, longestText)}...` : text);
    const shownPath = path.length > longestText ? `${path.slice(0, longestText)}...` : path;
    warnings.push(`${shownPath} is ${what}, ${why}; recorded as the text ${JSON.stringify(kept)}`);
    return JSON.stringify(kept);
  };

  const write = (item: unknown, path: string): string => {
    values += 1;
    switch (typeof item) {
      case "string":
        return JSON.stringify(item);
      case "boolean":
        return String(item);
      case "number": {
        const text = String(item);
        if (!Number.isFinite(item)) return asText(path, text, text, "which JSON has no number for");
        return Object.is(item, -0) ? "-0" : text;
      }
      case "bigint": {
        if (Number.isSafeInteger(Number(item))) return String(item);
        const text = String(item);
        if (text.length <= 1000) {
          warnings.push(`${path} is ${text}, which JSON has no number for; recorded as the text "${text}"`);
          return `"${text}"`;
        }
        return asText(path, `an integer of ${text.length} digits`, text, "which JSON has no number for");
      }
      case "undefined":
        return "null";
      case "function":
        return asText(path, "a function", functionName(item));
      case "symbol":
        return asText(path, "a symbol", String(item));
      case "object":
        return item === null ? "null" : writeObject(item, path);
    }
  };

  const writeObject = (item: object, path: string): string => {
    try {
      if (open.has(item)) return asText(path, "a record that contains itself", described(item));
      if (open.size >= deepest)
        return asText(path, `nested over ${deepest} levels`, described(item), "deeper than is recorded");
      if (values > mostValues)
        return asText(path, described(item), described(item), `beyond ${mostValues} values`);
      open.add(item);
      try {
        return writeOpened(item, path);
      } finally {
        open.delete(item);
      }
    } catch (thrown) {
      return asText(path, described(item), described(item), `which cannot be read (${reasonOf(thrown)})`);
    }
  };

  const writeOpened = (item: object, path: string): string => {
    if (isMap(item)) return writeMembers(mapMembers(item, path, warnings), path);
    if (isSet(item) || Array.isArray(item) || isTypedArray(item)) return writeList(item, path);
    if (isDate(item))
      return Number.isNaN(item.getTime())
        ? asText(path, "a Date without a time", "Invalid Date")
        : write(item.toISOString(), path);
    if (isRegExp(item) || isError(item)) return write(String(item), path);
    if ("toJSON" in item && typeof item.toJSON === "function") return write(item.toJSON(), path);
    const boxed: unknown = typeof item.valueOf === "function" ? item.valueOf() : item;
    if (typeof boxed !== "object") return write(boxed, path);
    const names = Object.keys(item);
    if (names.length === 0 && !isPlain(item)) return asText(path, described(item), described(item));
    return writeMembers(
      names.map((key) => [key, () => Reflect.get(item, key)]),
      path,
    );
  };

  const writeList = (list: Iterable<unknown>, path: string): string => {
    const parts: string[] = [];
    for (const part of list) {
      if (values > mostValues)
        return asText(path, described(list), described(list), `beyond ${mostValues} values`);
      parts.push(write(part, `${path}[${parts.length}]`));
    }
    return `[${parts.join(",")}]`;
  };

  /** A member that throws when it is read costs no other one. */
  const writeMembers = (members: readonly [string, () => unknown][], path: string): string => {
    const parts = members.map(
      ([key, read]) => `${JSON.stringify(key)}:${writeMember(read, `${path}.${key}`)}`,
    );
    return `{${parts.join(",")}}`;
  };

  const writeMember = (read: () => unknown, path: string): string => {
    let value: unknown;
    try {
      value = read();
    } catch (thrown) {
      return asText(path, "a member", "not readable", `which cannot be read (${reasonOf(thrown)})`);
    }
    return write(value, path);
  };

  /** The members of the outermost record, the largest ones cut to a text, so that all fit. */
  const cutLargest = (record: object, name: string): string => {
    warnings.length = 0;
    const members = isMap(record) ? mapMembers(record, name, warnings) : ownMembers(record);
    const written = members.map(([key, read]) => {
      values = 0;
      return { key, text: writeMember(read, `${name}.${key}`) };
    });
    let total = written.reduce((sum, { key, text }) => sum + key.length + text.length + 4, 2);
    for (const member of written.toSorted((a, b) => b.text.length - a.text.length)) {
      if (total <= longest || member.text.length <= longestText) break;
      const { length } = member.text;
      const why = `which takes ${length} characters as JSON, over ${longest} with the others`;
      member.text = asText(`${name}.${member.key}`, "a value", member.text, why);
      total += member.text.length - length;
    }
    const kept: string[] = [];
    let room = longest;
    for (const { key, text } of written) {
      const member = `${JSON.stringify(key)}:${text}`;
      room -= member.length + 1;
      if (room > 0) kept.push(member);
    }
    const lost = written.length - kept.length;
    if (lost > 0)
      warnings.push(
        `${lost} of the ${written.length} members of ${name} are not recorded, since all take over ${longest} characters as JSON`,
      );
    return `{${kept.join(",")}}`;
  };

  return { warnings, write, cutLargest };
}

/** The members of a Map by text; of keys that are the same as text, each is kept under a name of its own. */
export function mapMembers(
  map: Map<unknown, unknown>,
  path: string,
  warnings: string[],
): [string, () => unknown][] {
  const texts = new Set([...map.keys()].filter((key) => typeof key === "string"));
  return Array.from(map, ([key, value]) => {
    if (typeof key === "string") return [key, () => value];
    const plain = keyText(key);
    let text = plain;
    for (let i = 1; texts.has(text); i++) text = `${plain} (${typeof key}${i === 1 ? "" : ` ${i}`})`;
    if (text !== plain) {
      warnings.push(
        `${path} has two keys that are ${JSON.stringify(plain)} as text; the ${typeof key} is recorded as ${JSON.stringify(text)}`,
      );
    }
    texts.add(text);
    return [text, () => value];
  });
}

function ownMembers(record: object): [string, () => unknown][] {
  return Object.keys(record).map((key) => [key, () => Reflect.get(record, key)]);
}

function isTypedArray(item: object): item is Uint8Array {
  return ArrayBuffer.isView(item) && !(item instanceof DataView);
}

/** What an object is, in words that need nothing of it but its class. */
function described(item: object): string {
  try {
    if (Array.isArray(item)) return `an array of ${item.length}`;
    return `an object of the class ${className(item) ?? "Object"}`;
  } catch {
    return "an object";
  }
}

function keyText(key: unknown): string {
  try {
    return typeof key === "object" && key !== null ? (JSON.stringify(key) ?? described(key)) : String(key);
  } catch {
    return described(key as object);
  }
}

/** The first of many warnings, and how many there are besides. */
export function fewWarnings(warnings: readonly string[]): string[] {
  if (warnings.length <= mostWarnings) return [...warnings];
  return [...warnings.slice(0, mostWarnings), `and ${warnings.length - mostWarnings} more like these`];
}
