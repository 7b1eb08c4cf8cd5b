import { isDate, isMap, isRegExp, isSet } from "node:util/types";
import { isError } from "../../tracking-error.js";
import type { JsonValue } from "../json-value.js";
import { isLearnedMember, isLearnedState, longestList } from "./learned-state.js";
import { type Member, modelMembers, mostMembers } from "./model-members.js";
import { className, functionName, isPlain, reasonOf, wellFormed } from "./model-object.js";

/** Characters of JSON that one setting may take, as many as all of them together. */
export const mostCharacters = 30_000;
const deepest = 8;
const longestText = 2_000;
const longestName = 100;

/** Members that hold an ensemble's parts: left out where all are configured alike, as fitted copies are. */
const ensembleMembers = new Set(["estimators", "classifiers", "trees", "learners"]);

/**
 * Settings as JSON, the names of those that could not be recorded whole, and what became text since JSON
 * cannot hold it.
 */
export interface Settings {
  parameters: Record<string, JsonValue>;
  omitted: string[];
  warnings: string[];
}

/**
 * The settings of a model object, without its learned state; by the rules that `describeModel` states.
 * @param asGiven the object is a record of settings that a client sent: nothing in it is taken for private or
 * learned, and a function, a symbol or a cycle in it becomes text
 */
export function modelSettings(object: object, asGiven: boolean): Settings {
  const walk: Walk = { asGiven, size: 0, around: new Set([object]), omitted: [], warnings: [] };
  const members = membersOf(object, "", walk);
  const beyond = members.length - mostMembers;
  const parameters = describeMembers(members.slice(0, mostMembers), "", walk);
  if (beyond > 0) omit(walk, `${beyond} more members`, `only ${mostMembers} are kept`);
  return { parameters, omitted: walk.omitted, warnings: walk.warnings };
}

/** What a description in progress remembers. */
interface Walk {
  readonly asGiven: boolean;
  /** About as many characters of JSON as the top-level member at hand has taken so far. */
  size: number;
  /** The objects around the one being described: meeting one of them is a cycle. */
  readonly around: Set<object>;
  readonly omitted: string[];
  readonly warnings: string[];
}

/** Thrown and caught in this file: the top-level member at hand is too large to be a setting. */
class TooLarge extends Error {}

function omit(walk: Walk, path: string, why: string): undefined {
  walk.omitted.push(`${path} (${why})`);
}

/** What stands for a setting that JSON cannot hold, with the warning that extra parameters give. */
function asText(walk: Walk, path: string, what: string, text: string, why: string): string {
  const kept = wellFormed(text.slice(0, longestText));
  walk.warnings.push(
    `parameters.model.${path} is ${what}, ${why}; recorded as the text ${JSON.stringify(kept)}`,
  );
  spend(walk, kept.length);
  return kept;
}

const noNumber = "which JSON has no number for";
const notInJson = "which JSON cannot hold";

function spend(walk: Walk, characters: number): void {
  walk.size += characters;
  if (walk.size > mostCharacters) throw new TooLarge();
}

/** A value as JSON; undefined where it is left out. */
function describe(value: unknown, path: string, walk: Walk): JsonValue | undefined {
  spend(walk, 2);
  if (typeof value === "string") return describeText(value, path, walk);
  if (typeof value === "number") {
    return Number.isFinite(value) ? value : asText(walk, path, String(value), String(value), noNumber);
  }
  if (typeof value === "boolean") return value;
  if (typeof value === "bigint") {
    const text = String(value);
    if (Number.isSafeInteger(Number(value)) || text.length > 1000) return describeText(text, path, walk);
    return asText(walk, path, text, text, noNumber);
  }
  if (value === undefined || value === null) return null;
  if (typeof value === "object") return describeObject(value, path, walk);
  if (!walk.asGiven) return undefined;
  const text = typeof value === "symbol" ? String(value) : functionName(value);
  return asText(walk, path, `a ${typeof value}`, text, notInJson);
}

function describeText(text: string, path: string, walk: Walk): string {
  if (text.length > longestText) omit(walk, path, `cut to ${longestText} of its ${text.length} characters`);
  const kept = wellFormed(text.slice(0, longestText));
  spend(walk, kept.length);
  return kept;
}

function describeObject(object: object, path: string, walk: Walk): JsonValue | undefined {
  if (walk.around.has(object)) {
    if (!walk.asGiven) return undefined;
    return asText(walk, path, "a record that contains itself", "a record that contains itself", notInJson);
  }
  if (walk.around.size > deepest) return omit(walk, path, `nested over ${deepest} levels`);
  walk.around.add(object);
  try {
    if (!walk.asGiven && isLearnedState(object)) return undefined;
    if (isDate(object)) return Number.isNaN(object.getTime()) ? String(object) : object.toISOString();
    if (isTextual(object)) return describeText(String(object), path, walk);
    if (isMap(object)) return describeMap(object, path, walk);
    if (isSet(object)) return describeList(object, object.size, path, walk);
    if (isList(object)) return describeList(object, object.length, path, walk);
    if (isPlain(object)) return describeRecord(object, path, walk);
    return describeInstance(object, path, walk);
  } catch (thrown) {
    if (thrown instanceof TooLarge) throw thrown;
    return omit(walk, path, `cannot be read: ${reasonOf(thrown)}`);
  } finally {
    walk.around.delete(object);
  }
}

function isTextual(object: object): object is RegExp | URL | Error {
  return isRegExp(object) || object instanceof URL || isError(object);
}

function isList(object: object): object is ArrayLike<unknown> & Iterable<unknown> {
  return Array.isArray(object) || (ArrayBuffer.isView(object) && !(object instanceof DataView));
}

function describeList(
  list: Iterable<unknown>,
  length: number,
  path: string,
  walk: Walk,
): JsonValue | undefined {
  if (!walk.asGiven && length > longestList) return omit(walk, path, `${length} values`);
  const values: (JsonValue | undefined)[] = [];
  for (const value of list) values.push(describe(value, `${path}[${values.length}]`, walk));
  if (length > 0 && values.every((value) => value === undefined)) return undefined;
  return values.map((value) => value ?? null);
}

/** A Map with text keys as a record, any other as a list of [key, value]. */
function describeMap(map: Map<unknown, unknown>, path: string, walk: Walk): JsonValue | undefined {
  if (map.size > mostMembers) return omit(walk, path, `${map.size} members`);
  if (![...map.keys()].every((key) => typeof key === "string"))
    return describeList(map, map.size, path, walk);
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
  for (const member of members) {
    if (!walk.asGiven && !member.declared && isLearnedMember(member.name, member.value)) continue;
    const key = wellFormed(member.name.slice(0, longestName));
    const setting =
      walk.around.size === 1 ? describeTopMember(member, walk) : describeMember(member, path, walk);
    if (setting === undefined) continue;
    if (described.has(key)) omit(walk, join(path, member.name), "its name is another's once cut");
    else described.set(key, setting);
  }
  // Unlike an assignment, this keeps a member named __proto__ a member.
  return Object.fromEntries(described);
}

/** One setting too large does not cost the others their place. */
function describeTopMember(member: Member, walk: Walk): JsonValue | undefined {
  walk.size = 0;
  const omittedBefore = walk.omitted.length;
  const warningsBefore = walk.warnings.length;
  try {
    return describeMember(member, "", walk);
  } catch (thrown) {
    if (!(thrown instanceof TooLarge)) throw thrown;
    walk.omitted.length = omittedBefore;
    walk.warnings.length = warningsBefore;
    return omit(walk, member.name, `over ${mostCharacters} characters of JSON`);
  }
}

function describeMember(member: Member, path: string, walk: Walk): JsonValue | undefined {
  const { name, value } = member;
  spend(walk, name.length + 3);
  if (!walk.asGiven && ensembleMembers.has(name) && Array.isArray(value) && value.length > longestList) {
    return undefined;
  }
  const setting = describe(value, join(path, name), walk);
  if (!walk.asGiven && ensembleMembers.has(name) && isAllAlike(setting)) return undefined;
  return setting;
}

function isAllAlike(setting: JsonValue | undefined): boolean {
  if (!Array.isArray(setting)) return false;
  const first = JSON.stringify(setting[0]);
  return setting.every((each) => JSON.stringify(each) === first);
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
