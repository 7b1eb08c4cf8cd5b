import { TrackingError } from "../tracking-error.js";
import type { JsonValue } from "./json-value.js";
import { isLearnedMember, isLearnedState, longestList } from "./learned-state.js";
import { type Member, modelMembers, mostMembers } from "./model-members.js";
import { className, isPlain, reasonOf, wellFormed } from "./model-object.js";

/** Characters of JSON that one setting may take, as many as all of them together. */
export const maxSize = 30_000;
const maxDepth = 8;
const maxText = 2_000;
const maxName = 100;

/** Members that hold an ensemble's parts: left out where all are configured alike, as fitted copies are. */
const ensembleMembers = new Set(["estimators", "classifiers", "trees", "learners"]);

/** Settings as JSON, and the names of those that could not be recorded whole. */
export interface Settings {
  parameters: Record<string, JsonValue>;
  omitted: string[];
}

/** The settings of a model object, without its learned state; by the rules that {@link describeModel} states. */
export function modelSettings(model: object): Settings {
  const walk = newWalk(false);
  return { parameters: describeModelMembers(model, "", walk), omitted: walk.omitted };
}

/** A record of settings as a client sent it: nothing in it is taken for private or learned.
 *  @throws TrackingError INVALID_MODEL for functions, symbols and cycles */
export function givenSettings(parameters: object): Settings {
  const walk = newWalk(true);
  return { parameters: describeMembers(givenMembers(parameters), "", walk), omitted: walk.omitted };
}

/** What a description in progress remembers. */
interface Walk {
  readonly asGiven: boolean;
  /** About as many characters of JSON as the top-level member at hand has taken so far. */
  size: number;
  /** The objects around the one being described: meeting one of them is a cycle. */
  readonly around: Set<object>;
  readonly omitted: string[];
}

/** Thrown and caught in this file: the top-level member at hand is too large to be a setting. */
class TooLarge extends Error {}

function newWalk(asGiven: boolean): Walk {
  return { asGiven, size: 0, around: new Set(), omitted: [] };
}

function omit(walk: Walk, path: string, why: string): undefined {
  walk.omitted.push(`${path} (${why})`);
}

function spend(walk: Walk, characters: number): void {
  walk.size += characters;
  if (walk.size > maxSize) throw new TooLarge();
}

/** A value as JSON; undefined where it is left out. */
function describe(value: unknown, path: string, walk: Walk): JsonValue | undefined {
  spend(walk, 2);
  switch (typeof value) {
    case "string":
      return describeText(value, path, walk);
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "boolean":
      return value;
    case "bigint":
      return describeText(String(value), path, walk);
    case "undefined":
      return null;
    case "function":
    case "symbol":
      if (walk.asGiven) throw notJson(path, `a ${typeof value}`);
      return undefined;
    case "object":
      return value === null ? null : describeObject(value, path, walk);
  }
}

function describeText(text: string, path: string, walk: Walk): string {
  if (text.length > maxText) omit(walk, path, `cut to ${maxText} of its ${text.length} characters`);
  const kept = wellFormed(text.slice(0, maxText));
  spend(walk, kept.length);
  return kept;
}

function describeObject(object: object, path: string, walk: Walk): JsonValue | undefined {
  if (walk.around.has(object)) {
    if (walk.asGiven) throw notJson(path, "a record that contains itself");
    return undefined;
  }
  if (walk.around.size >= maxDepth) return omit(walk, path, `nested over ${maxDepth} levels`);
  walk.around.add(object);
  try {
    if (!walk.asGiven && isLearnedState(object)) return undefined;
    if (object instanceof Date) return Number.isNaN(object.getTime()) ? String(object) : object.toISOString();
    if (textual.some((each) => object instanceof each)) return describeText(String(object), path, walk);
    if (object instanceof Map) return describeMap(object, path, walk);
    if (object instanceof Set) return describeList(object, object.size, path, walk);
    if (isList(object)) return describeList(object, object.length, path, walk);
    if (isPlain(object)) return describeRecord(object, path, walk);
    return describeInstance(object, path, walk);
  } catch (thrown) {
    if (thrown instanceof TooLarge || thrown instanceof TrackingError) throw thrown;
    return omit(walk, path, `cannot be read: ${reasonOf(thrown)}`);
  } finally {
    walk.around.delete(object);
  }
}

const textual = [RegExp, URL, Error, String, Number, Boolean];

function isList(object: object): object is ArrayLike<unknown> & Iterable<unknown> {
  return Array.isArray(object) || (ArrayBuffer.isView(object) && !(object instanceof DataView));
}

function describeList(list: Iterable<unknown>, length: number, path: string, walk: Walk): JsonValue | undefined {
  if (!walk.asGiven && length > longestList) return omit(walk, path, `${length} values`);
  const values: (JsonValue | undefined)[] = [];
  for (const value of list) values.push(describe(value, `${path}[${values.length}]`, walk));
  if (length > 0 && values.every((value) => value === undefined)) return undefined;
  return values.map((value) => value ?? null);
}

/** A Map with text keys as a record, any other as a list of [key, value]. */
function describeMap(map: Map<unknown, unknown>, path: string, walk: Walk): JsonValue | undefined {
  if (map.size > mostMembers) return omit(walk, path, `${map.size} members`);
  if (![...map.keys()].every((key) => typeof key === "string")) return describeList(map, map.size, path, walk);
  const members = Array.from(map, ([name, value]) => ({ name: String(name), value, declared: true }));
  return describeMembers(members, path, walk);
}

function describeRecord(record: object, path: string, walk: Walk): JsonValue | undefined {
  const members = membersOf(record, path, walk);
  if (!walk.asGiven && members.length > mostMembers) return omit(walk, path, `${members.length} members`);
  return describeMembers(members, path, walk);
}

/** An object of a class: its settings, after the name of the class. */
function describeInstance(object: object, path: string, walk: Walk): JsonValue {
  const { class: taken, ...settings } = describeMembers(membersOf(object, path, walk), path, walk);
  if (taken !== undefined) omit(walk, join(path, "class"), "its place is taken by the name of the class");
  const name = className(object);
  return name === undefined ? settings : { class: wellFormed(name.slice(0, longestName)), ...settings };
}

function membersOf(object: object, path: string, walk: Walk): Member[] {
  const onUnreadable = (name: string, reason: string) => {
    omit(walk, join(path, name), `cannot be read: ${reason}`);
  };
  return modelMembers(object, { withPrivate: walk.asGiven, onUnreadable });
}

function describeMembers(members: readonly Member[], path: string, walk: Walk): Record<string, JsonValue> {
  const described = new Map<string, JsonValue>();
  for (const { name, value, declared } of members) {
    if (!walk.asGiven && !declared && isLearnedMember(name, value)) continue;
    const memberPath = join(path, name);
    const key = wellFormed(name.slice(0, longestName));
    if (key !== name && described.has(key)) omit(walk, memberPath, "its name is another's once cut");
    else {
      const setting = describeMember(name, value, memberPath, walk);
      if (setting !== undefined) described.set(key, setting);
    }
  }
  // Unlike an assignment, this keeps a member named __proto__ a member.
  return Object.fromEntries(described);
}

function describeMember(name: string, value: unknown, path: string, walk: Walk): JsonValue | undefined {
  if (path !== name) {
    spend(walk, name.length + 3);
    return describe(value, path, walk);
  }
  walk.size = 0;
  ...
}
