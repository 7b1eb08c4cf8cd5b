import { invalidParameter } from "../mlflow-error.js";
import { likePattern } from "./like-pattern.js";
import type { Entity, Field, KindFields } from "./search-fields.js";
import type { DatasetScope, SearchItem } from "./search-item.js";

/** What is right of an operator; `bare` is text without quotes, `other` what a list has besides quoted texts. */
export type Value =
  | { kind: "text" | "bare" | "number"; raw: string; text: string }
  | { kind: "list"; raw: string; texts: readonly string[]; other: string | undefined }
  | { kind: "none" };

/** `operator` is in capitals. */
export interface Condition {
  field: Field;
  operator: string;
  value: Value;
}

export type ItemTest = (item: SearchItem) => boolean;

type Written = Exclude<Value, { kind: "none" }>;

const numberTests: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};
const plainOperators = ["=", "!="];
const likeOperators = ["LIKE", "ILIKE"];
const listOperators = ["IN", "NOT IN"];
/** In the order in which logged models are sorted by them. */
export const modelStatuses: readonly string[] = ["UNSPECIFIED", "PENDING", "READY", "FAILED"];
const wholeNumber = /^-?\d+$/;

/**
 * What a condition asks of an item.
 * @param scopes the data sets whose metrics of a logged model count
 * @throws MlflowError for an operator or a value that the field does not take
 */
export function conditionTest(
  { field, operator, value }: Condition,
  fields: KindFields,
  scopes?: readonly DatasetScope[],
): ItemTest {
  const { entity, key } = field;
  if (value.kind === "none") return nullTest(entity, key, operator, fields);
  if (entity === "attribute") return attributeTest(field, operator, value, fields);
  if (entity === "metric") {
    const test = numberTest(operator, value, "metric");
    return (item) => {
      const found = item.metric(key, scopes);
      return found !== undefined && test(found);
    };
  }
  const allowed = [
    ...plainOperators,
    ...likeOperators,
    ...(fields.listed.includes(entity) ? listOperators : []),
  ];
  const test = textTest(operator, value, { what: entity, allowed, bareTexts: fields.bareTexts });
  if (entity === "dataset") {
    const read = key as "name" | "digest" | "context";
    return (item) => item.datasets?.().some((dataset) => isText(dataset[read], test)) === true;
  }
  return entity === "tag" ? (item) => isText(item.tag(key), test) : (item) => isText(item.param(key), test);
}

function isText(found: string | undefined, test: (text: string) => boolean): boolean {
  return found !== undefined && test(found);
}

function nullTest(entity: Entity, key: string, operator: string, fields: KindFields): ItemTest {
  if (fields.nullable.length === 0) {
    throw invalidParameter("IS NULL / IS NOT NULL is not supported for this search.");
  }
  if (!fields.nullable.includes(entity)) {
    throw invalidParameter(
      `IS NULL / IS NOT NULL is only supported for ${fields.nullable.map((each) => `${each}s`).join(" and ")}, ` +
        `not for '${entity}' '${key}'`,
    );
  }
  const wanted = operator === "IS NULL";
  if (entity === "tag") return (item) => (item.tag(key) === undefined) === wanted;
  return (item) => (item.param(key) === undefined) === wanted;
}

function attributeTest(
  field: Extract<Field, { entity: "attribute" }>,
  operator: string,
  value: Written,
  fields: KindFields,
): ItemTest {
  const { key, type } = field;
  if (type === "number" || type === "integer" || type === "version") {
    if (value.kind === "list") return refuseList(fields);
    if (type !== "number") checkWhole(key, type, value);
    const test = numberTest(operator, value, `numeric attribute: ${key}`, type === "version");
    return (item) => {
      const found = item.attribute(key);
      return typeof found === "number" && test(found);
    };
  }
  if (value.kind === "list" && !fields.lists.includes(key)) refuseList(fields);
  const lists = fields.lists.includes(key) ? listOperators : [];
  const likes = type === "text" ? likeOperators : [];
  const test = textTest(operator, value, {
    what: `attribute '${key}'`,
    allowed: [...plainOperators, ...likes, ...lists],
    bareTexts: fields.bareTexts,
    read: readAs(type),
  });
  return (item) => {
    const found = item.attribute(key);
    return found !== undefined && test(String(found));
  };
}

function refuseList(fields: KindFields): never {
  throw invalidParameter(
    `Only ['${fields.lists.join("', '")}'] attributes support comparison with a list of quoted string values.`,
  );
}

function checkWhole(
  key: string,
  type: "integer" | "version",
  value: { kind: string; raw: string; text: string },
): void {
  const taken = value.kind === "number" || type === "version";
  if (taken && !wholeNumber.test(value.text)) {
    throw invalidParameter(`Invalid value for numeric attribute '${key}': ${value.raw}`);
  }
}

/** How the texts of a filter are read: ids as numbers, so without leading zeros; a status must be a known one. */
function readAs(type: "text" | "id" | "status"): (text: string) => string {
  if (type === "text") return (text) => text;
  return (text) => {
    if (type === "id") {
      if (wholeNumber.test(text)) return String(BigInt(text));
      throw invalidParameter(`Invalid experiment ID '${text}'. Experiment ID must be a valid integer.`);
    }
    if (modelStatuses.includes(text)) return text;
    throw invalidParameter(
      `Unknown model status in filter: '${text}'. Expected one of ['${modelStatuses.join("', '")}']`,
    );
  };
}

function numberTest(
  operator: string,
  value: Written,
  what: string,
  takesText = false,
): (found: number) => boolean {
  if (value.kind !== "number" && !(takesText && value.kind === "text")) {
    throw invalidParameter(`Expected numeric value type for ${what}. Found ${value.raw}`);
  }
  const compare = Object.hasOwn(numberTests, operator) ? numberTests[operator] : undefined;
  if (!compare) throw invalidComparator(operator, Object.keys(numberTests));
  const wanted = Number(value.text);
  return (found) => compare(found, wanted);
}

interface TextRules {
  /** The field, for messages. */
  what: string;
  allowed: readonly string[];
  bareTexts: boolean;
  read?: (text: string) => string;
}

function textTest(operator: string, value: Written, rules: TextRules): (found: string) => boolean {
  const { allowed, read = (text: string) => text } = rules;
  checkText(value, rules);
  if (!allowed.includes(operator)) throw invalidComparator(operator, allowed);
  if ((value.kind === "list") !== listOperators.includes(operator)) {
    throw invalidParameter(
      `Invalid clause(s) in filter string: IN and NOT IN go with a list, as in ('a', 'b'), and nothing else does. Found ${operator} ${value.raw}`,
    );
  }
  if (value.kind === "list") {
    const wanted = new Set(value.texts.map(read));
    return operator === "IN" ? (found) => wanted.has(found) : (found) => !wanted.has(found);
  }
  const text = read(value.text);
  if (operator === "=") return (found) => found === text;
  if (operator === "!=") return (found) => found !== text;
  return likePattern(text, { ignoreCase: operator === "ILIKE" });
}

/** Refuses what is no text, and a list where none is taken. */
function checkText(value: Written, { what, allowed, bareTexts }: TextRules): void {
  if (value.kind === "bare" && !bareTexts) {
    throw invalidParameter(
      "Parameter value is either not quoted or unidentified quote types used for string value " +
        `${value.raw}. Use either single or double quotes.`,
    );
  }
  const takesList = allowed.includes("IN");
  if ((value.kind === "number" && !bareTexts) || (value.kind === "list" && !takesList)) {
    throw invalidParameter(
      `Expected a quoted string value for ${what} (e.g. 'my-value'). Got value ${value.raw}`,
    );
  }
  if (value.kind === "list" && value.other !== undefined) {
    throw invalidParameter(
      `While parsing a list in the query, expected quoted string values, found '${value.other}' in ${value.raw}`,
    );
  }
}

function invalidComparator(operator: string, allowed: readonly string[]) {
  return invalidParameter(`Invalid comparator '${operator}' not one of '{'${allowed.join("', '")}'}'`);
}
