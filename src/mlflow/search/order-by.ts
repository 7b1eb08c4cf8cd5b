import { compareLabels } from "../../experiment/input/class-labels.js";
import { invalidParameter } from "../mlflow-error.js";
import { modelStatuses } from "./filter-condition.js";
import { filterTokens, type Token, unquoted } from "./filter-tokens.js";
import {
  attributeNamed,
  type Field,
  fieldNamed,
  fieldsOf,
  type KindFields,
  type Tie,
  validKeys,
} from "./search-fields.js";
import type { DatasetScope, SearchItem, SearchKind } from "./search-item.js";

/** Compares two items. `sorted` reads each item once, which is much faster for many. */
export interface ItemOrder {
  (a: SearchItem, b: SearchItem): number;
  sorted<T extends SearchItem>(items: readonly T[]): T[];
}

/** An order of logged models; a metric may be that of one data set. */
export interface LoggedModelOrder {
  field_name: string;
  ascending?: boolean | undefined;
  dataset_name?: string | undefined;
  dataset_digest?: string | undefined;
}

type SortValue = string | number | undefined;

interface SortKey {
  read: (item: SearchItem) => SortValue;
  ascending: boolean;
}

/**
 * The order of a search, for `sort`. Items without a value come last whether ascending or descending, those
 * with NaN just before them; text goes by code points, and by time and name what is equal otherwise.
 * @param clauses such as `metrics.f1 DESC`
 * @throws MlflowError
 * @example parseOrderBy(["metrics.f1 DESC", "start_time"], "runs").sorted(items)
 */
export function parseOrderBy(clauses: readonly string[], kind: SearchKind): ItemOrder {
  const fields = fieldsOf[kind];
  const seen = new Set<string>();
  const orders = clauses.map((clause) => {
    const { raw, ascending } = readClause(clause);
    const field = kind === "registered_models" ? modelField(raw, fields) : orderedField(raw, fields, kind);
    const name = `${field.entity} ${field.key}`;
    if (seen.has(name) && !fields.repeats) {
      throw invalidParameter(`\`order_by\` contains duplicate fields: ['${clauses.join("', '")}']`);
    }
    seen.add(name);
    return { read: reader(field), ascending };
  });
  return inTurn(orders, seen, fields);
}

/**
 * The same for logged models.
 * @param datasets of the search: only metrics that were logged with one of them count
 * @throws MlflowError
 * @example loggedModelOrder([{ field_name: "metrics.f1", ascending: false, dataset_name: "test" }])
 */
export function loggedModelOrder(
  clauses: readonly LoggedModelOrder[],
  { datasets = [] }: { datasets?: readonly DatasetScope[] | undefined } = {},
): ItemOrder {
  const fields = fieldsOf.logged_models;
  const seen = new Set<string>();
  const orders = clauses.map(({ field_name: name, ascending = true, dataset_name, dataset_digest }) => {
    if (name.startsWith("metrics.")) {
      const key = unquoted(name.slice("metrics.".length));
      const scopes = withinScopes(datasets, {
        ...(dataset_name && { name: dataset_name }),
        ...(dataset_digest && { digest: dataset_digest }),
      });
      return { read: (item: SearchItem) => item.metric(key, scopes), ascending };
    }
    if (name.includes(".")) {
      throw invalidParameter(`Invalid order by field name: ${name}. Only metrics are supported.`);
    }
    const field = fields.ordered.includes(name) ? attributeNamed(name, fields) : undefined;
    if (!field) throw invalidParameter(`Invalid order by field name: ${name}. ${validKeys(fields.ordered)}`);
    seen.add(`${field.entity} ${field.key}`);
    return { read: reader(field), ascending };
  });
  return inTurn(orders, seen, fields);
}

/** The data sets that are of the search and of the order; undefined where neither names any. */
function withinScopes(datasets: readonly DatasetScope[], own: DatasetScope): DatasetScope[] | undefined {
  const hasOwn = own.name !== undefined || own.digest !== undefined;
  if (datasets.length === 0) return hasOwn ? [own] : undefined;
  const agree = (a: string | undefined, b: string | undefined) =>
    a === undefined || b === undefined || a === b;
  return datasets
    .filter((each) => agree(each.name, own.name) && agree(each.digest, own.digest))
    .map((each) => ({ ...each, ...own }));
}

/** The name of an order's field, and its direction: a name in quotes may have the entity inside them. */
function readClause(clause: string): { raw: string; ascending: boolean } {
  const refused = () => invalidParameter(`Invalid order_by clause '${clause}'. Could not be parsed.`);
  let tokens: Token[];
  try {
    tokens = filterTokens(clause);
  } catch {
    throw refused(); // said of an order, not of a filter
  }
  const [name, direction] = tokens as [Token, Token | undefined];
  if (name.kind !== "name" || tokens.length > 3) throw refused();
  const raw = /^(?:"[^"]*"|`[^`]*`)$/.test(name.raw) ? unquoted(name.raw) : name.raw;
  if (!direction || direction.kind === "end") {
    if (isDirection(name.raw)) throw refused();
    return { raw, ascending: true };
  }
  if (direction.kind !== "name") throw refused();
  if (!isDirection(direction.raw))
    throw invalidParameter(`Invalid ordering key in order_by clause '${clause}'.`);
  return { raw, ascending: direction.raw.toUpperCase() === "ASC" };
}

function isDirection(word: string): boolean {
  return /^(?:asc|desc)$/i.test(word);
}

/** Registered models are ordered by plain names only. */
function modelField(raw: string, fields: KindFields): Field {
  const field = fields.ordered.includes(raw) ? attributeNamed(raw, fields) : undefined;
  if (!field) throw invalidParameter(`Invalid order by key '${raw}' specified. ${validKeys(fields.ordered)}`);
  return field;
}

function orderedField(raw: string, fields: KindFields, kind: SearchKind): Field {
  const field = fieldNamed(raw, fields, fields.ordered);
  const isOrdered = kind === "runs" ? field.entity !== "dataset" : field.entity === "attribute";
  if (!isOrdered) throw invalidParameter(`Invalid order_by entity: ${field.entity}`);
  return field;
}

function reader(field: Field): (item: SearchItem) => SortValue {
  const { key } = field;
  if (field.entity === "metric") return (item) => item.metric(key);
  if (field.entity === "parameter") return (item) => item.param(key);
  if (field.entity === "tag") return (item) => item.tag(key);
  if (field.entity === "attribute" && field.type === "status") {
    return (item) => modelStatuses.indexOf(String(item.attribute(key)));
  }
  if (field.entity === "attribute" && field.type === "id") return (item) => sortableId(item.attribute(key));
  return (item) => item.attribute(key);
}

/** Ids that are too long for a number keep their order: more digits are more. */
function sortableId(id: SortValue): SortValue {
  return id === undefined ? undefined : String(id).padStart(20, "0");
}

/** Negative where a comes before b: values, then NaN, then no value, of which `sign` turns around values only. */
function compare(a: SortValue, b: SortValue, sign: number): number {
  if (typeof a === "number" && typeof b === "number") {
    if (a < b) return -sign;
    if (a > b) return sign;
    if (a === b) return 0;
  } else if (typeof a === "string" && typeof b === "string") {
    return a === b ? 0 : sign * compareLabels(a, b);
  }
  return rankOf(a) - rankOf(b);
}

function rankOf(value: SortValue): number {
  if (value === undefined) return 2;
  return typeof value === "number" && Number.isNaN(value) ? 1 : 0;
}

/** What was asked for, and then what settles ties. */
function inTurn(asked: readonly SortKey[], seen: ReadonlySet<string>, fields: KindFields): ItemOrder {
  const unasked = asked.length === 0 ? fields.unasked : [];
  const isOpen = ({ key }: Tie) => !seen.has(`attribute ${key}`);
  const rest = [...unasked, ...fields.ties].filter(isOpen).map(({ key, ascending }): SortKey => {
    return { read: reader(attributeNamed(key, fields) as Field), ascending };
  });
  const keys = [...asked, ...rest];
  const order = (a: SearchItem, b: SearchItem) => {
    for (const { read, ascending } of keys) {
      const difference = compare(read(a), read(b), ascending ? 1 : -1);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return Object.assign(order, { sorted: <T extends SearchItem>(items: readonly T[]) => sorted(items, keys) });
}

/** Each value is read once, and then only places are sorted. */
function sorted<T extends SearchItem>(items: readonly T[], keys: readonly SortKey[]): T[] {
  const columns = keys.map(({ read, ascending }) => ({ values: items.map(read), sign: ascending ? 1 : -1 }));
  const places = Uint32Array.from(items.keys());
  places.sort((a, b) => {
    for (const { values, sign } of columns) {
      const difference = compare(values[a], values[b], sign);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return Array.from(places, (place) => items[place] as T);
}
