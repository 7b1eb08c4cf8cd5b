import { TrackingError } from "../../tracking-error.js";
import { asLabel, compareLabels, type FoundClasses, type Label } from "./class-labels.js";
import { shown } from "./values.js";

/** What said which class each column of y_score is of. */
export type OrderEvidence = "labels" | "column names" | "model" | "sorted";

/** The classes in an order, such as that of y_score's columns as they were given, and what said so. */
export interface ClassOrder {
  labels: readonly Label[];
  decidedBy: OrderEvidence;
}

/** What a call says about the columns of y_score besides `labels`. */
export interface OrderClues {
  /** How many y_score has; undefined without y_score. */
  columns: number | undefined;
  /** Their names, where y_score has any. */
  names: readonly unknown[] | undefined;
  /** The classes of the fitted model, in the order of its probabilities. */
  modelClasses: readonly unknown[] | undefined;
}

export interface DecidedOrder {
  /** The order of y_score's columns where it has one a class; else the one that the call itself names. */
  order: ClassOrder;
  /** Classes to count among the labels, whether they occur or not. */
  known: readonly Label[];
  /** The model's classes, where y_pred shows that they are spoken of in the same labels. */
  model: readonly Label[] | undefined;
  warnings: string[];
}

/**
 * Decides which class each column of y_score is of: by `labels`; else by column names that are exactly the
 * classes; else by the model's classes; else the classes are sorted. Where two of the first three contradict
 * each other, none of them is believed.
 * @throws TrackingError INVALID_SCORES where two contradict each other, or the columns are not as many as the
 * classes
 * @example classOrder({ columns: 2, names: ["no", "maybe"], modelClasses: undefined }, { labels: ["maybe", "no"], assumed: undefined, predicted: () => new Set(["no"]), named: undefined }).order // { labels: ["no", "maybe"], decidedBy: "column names" }
 */
export function classOrder(clues: OrderClues, found: FoundClasses): DecidedOrder {
  const { columns, names, modelClasses } = clues;
  const { named } = found;
  const { model, warnings } = modelLabels(modelClasses, found);
  const assumed = model || found.assumed === undefined ? [] : [found.assumed];
  const occurring = [...found.labels, ...assumed].sort(compareLabels);
  if (columns === undefined || columns === 1) {
    const isBinaryModel = model?.length === 2 && named === undefined;
    const order = orderWithoutColumns(named, model, occurring);
    return { order, known: isBinaryModel ? model : [], model, warnings };
  }
  const expected = named ?? (model?.length === columns ? model : occurring);
  const byName = names && labelsOfNames(names, expected, occurring);
  const readings: ClassOrder[] = [];
  if (named) readings.push({ labels: named, decidedBy: "labels" });
  if (byName?.labels) readings.push({ labels: byName.labels, decidedBy: "column names" });
  if (model) readings.push({ labels: model, decidedBy: "model" });
  const order = readings[0] ?? { labels: occurring, decidedBy: "sorted" };
  if (order.labels.length !== columns) throw notAsMany(columns, order);
  for (const other of readings.slice(1))
    if (contradict(order.labels, other.labels)) throw atOdds(order, other);
  if (byName?.numbered && contradict(order.labels, byName.numbered)) {
    throw atOdds(order, { labels: byName.numbered, decidedBy: "column names" });
  }
  return { order, known: order.labels, model, warnings };
}

function orderWithoutColumns(
  named: readonly Label[] | undefined,
  model: readonly Label[] | undefined,
  occurring: readonly Label[],
): ClassOrder {
  if (named) return { labels: named, decidedBy: "labels" };
  return model ? { labels: model, decidedBy: "model" } : { labels: occurring, decidedBy: "sorted" };
}

/**
 * The model's classes as labels. A model that does not know what y_pred holds speaks of its classes in other
 * terms, as one that was trained on encoded labels does: it says nothing about the order.
 */
function modelLabels(
  given: readonly unknown[] | undefined,
  { labels: occurring, predicted, named }: FoundClasses,
): { model: readonly Label[] | undefined; warnings: string[] } {
  const isText = typeof occurring[0] === "string";
  const labels = given?.map((name) => labelNamed(name, isText));
  const isList = labels !== undefined && labels.length > 0 && new Set(labels).size === labels.length;
  if (!isList || labels.includes(undefined)) return { model: undefined, warnings: [] };
  const model = labels as readonly Label[];
  const known = new Set(model);
  if (![...predicted()].every((label) => known.has(label))) return { model: undefined, warnings: [] };
  const unknown = occurring
    .filter((label) => !known.has(label) && !named?.includes(label))
    .sort(compareLabels);
  if (unknown.length === 0) return { model, warnings: [] };
  const [they, them] = unknown.length === 1 ? (["occurs", "it"] as const) : (["occur", "them"] as const);
  const warning = `${listed(unknown)} ${they} in y_true, but the model does not know ${them}: its classes are ${listed(model)}, and each sample of another class counts as wrong, with a probability of 0`;
  return { model, warnings: [warning] };
}

/**
 * What names of columns say: each column's class; or, where they only number the columns from 0, the order
 * that they would mean if they were meant as classes.
 */
function labelsOfNames(
  names: readonly unknown[],
  expected: readonly Label[],
  occurring: readonly Label[],
): { labels?: readonly Label[]; numbered?: readonly Label[] } {
  const isText = typeof expected[0] === "string";
  for (const spelling of spellings(names)) {
    const labels = spelling.map((name) => labelNamed(name, isText));
    const isNumbering = spelling.every((name, i) => String(name) === String(i));
    const distinct = new Set(labels);
    const areAll =
      labels.length === expected.length &&
      distinct.size === labels.length &&
      expected.every((label) => distinct.has(label));
    if (areAll) {
      return isNumbering ? { numbered: labels as Label[] } : { labels: labels as Label[] };
    }
    if (isText && areAlike(spelling, expected)) {
      throw new TrackingError(
        "INVALID_SCORES",
        `y_score has the columns ${listed(names)}, which are the classes ${listed(expected)} but for capitals or white space; name the columns exactly after the classes`,
      );
    }
    if (isNumbering) return {};
    if (occurring.some((label) => distinct.has(label))) {
      throw new TrackingError(
        "INVALID_SCORES",
        `y_score has the columns ${listed(names)}, but the classes are ${listed(expected)}; name the columns exactly after the classes, or give labels: every class that the model knows, in the order of the columns`,
      );
    }
  }
  const numbers = names.map((name) => /^y_score_(\d+)$/.exec(String(name))?.[1]);
  if (!numbers.includes(undefined) && numbers.some((digits, i) => Number(digits) !== i)) {
    throw new TrackingError(
      "INVALID_SCORES",
      `y_score has the columns ${listed(names)}, which are numbered in another order than they are given in; give them from y_score_0 on, or name them after the classes`,
    );
  }
  return {};
}

/**
 * Whether names are all of the labels but for capitals, white space at their ends, or how Unicode composes
 * them.
 */
function areAlike(names: readonly unknown[], labels: readonly Label[]): boolean {
  const folded = (texts: readonly unknown[]) =>
    texts
      .map((text) => String(text).normalize("NFC").trim().toLowerCase())
      .sort()
      .join("\0");
  return names.length === labels.length && folded(names) === folded(labels);
}

/** The names as they are; and without what they all begin or end with, as in y_score_cat and y_score_dog. */
function* spellings(names: readonly unknown[]): Generator<readonly unknown[]> {
  yield names;
  if (names.length < 2 || !names.every((name) => typeof name === "string")) return;
  const [first = ""] = names;
  for (const { index } of first.matchAll(separator)) {
    const start = first.slice(0, index + 1);
    const end = first.slice(index);
    if (names.every((name) => name.startsWith(start))) yield names.map((name) => name.slice(start.length));
    if (names.every((name) => name.endsWith(end))) yield names.map((name) => name.slice(0, -end.length));
  }
}

const separator = /[_.:\-/ =]/g;

/** The label that a name stands for, of the kind that the labels are. */
function labelNamed(name: unknown, isText: boolean): Label | undefined {
  if (isText && (typeof name === "number" || typeof name === "bigint")) return String(name);
  if (isText) return typeof name === "string" ? asLabel(name) : undefined;
  if (typeof name !== "string") return asLabel(name);
  if (/^-?\d+(?:\.0+)?$/.test(name)) return asLabel(BigInt(name.split(".", 1)[0]!));
  if (/^true$/i.test(name)) return 1;
  return /^false$/i.test(name) ? 0 : undefined;
}

/** Whether two orders differ; of two that are not of the same classes, in those that both have. */
function contradict(a: readonly Label[], b: readonly Label[]): boolean {
  if (a.length === b.length) return a.some((label, i) => label !== b[i]);
  const [ofA, ofB] = [new Set(a), new Set(b)];
  const common = a.filter((label) => ofB.has(label));
  return b.filter((label) => ofA.has(label)).some((label, i) => label !== common[i]);
}

/**
 * Refuses one column of scores that is not of the positive class by its name, or, where nobody named a
 * positive class, by the model: of two classes the second one is the positive one, and of more one column
 * does not say which it is of.
 * @throws TrackingError INVALID_SCORES
 */
export function checkOneColumn(
  { columns, names }: OrderClues,
  model: readonly Label[] | undefined,
  labels: readonly Label[],
  { label: positive, isNamed }: { label: Label | undefined; isNamed: boolean },
): void {
  if (columns !== 1 || positive === undefined) return;
  const [name] = names ?? [];
  const other = classesOfName(name, labels).find((label) => label !== positive && labels.includes(label));
  if (other !== undefined) {
    throw new TrackingError(
      "INVALID_SCORES",
      `y_score's only column is called ${shown(name)}, but the positive class is ${shown(positive)}; give the probability of the positive class, or name ${shown(other)} as positive_label`,
    );
  }
  if (isNamed || model === undefined || model.length < 2 || (model.length === 2 && model[1] === positive))
    return;
  const why =
    model.length === 2 ? `in which ${shown(model[1])} comes second` : `of which it may be any class's`;
  throw new TrackingError(
    "INVALID_SCORES",
    `y_score has one column, and without positive_label the positive class is ${shown(positive)}; but the model's classes are ${listed(model)}, ${why}; name the class that y_score is the probability of as positive_label`,
  );
}

/**
 * The labels that the name of an only column may stand for; none where it numbers the column by its place
 * among two.
 */
function classesOfName(name: unknown, labels: readonly Label[]): Label[] {
  const isText = typeof labels[0] === "string";
  if (isText && typeof name !== "string") return [];
  const spelt = typeof name === "string" ? [name, name.replace(/^y_score_/, "")] : [name];
  const numbersClasses = labels.every((label, i) => label === i);
  return spelt
    .filter((text) => isText || !(String(text) === "0" || (String(text) === "1" && !numbersClasses)))
    .map((text) => labelNamed(text, isText))
    .filter((label) => label !== undefined);
}

function notAsMany(columns: number, { labels, decidedBy }: ClassOrder): TrackingError {
  const whose = {
    labels: `labels names ${labels.length} classes`,
    "column names": `they name ${labels.length} classes`,
    model: `the model knows ${labels.length} classes`,
    sorted: `there are ${labels.length} classes in y_true and y_pred`,
  }[decidedBy];
  const advice =
    decidedBy === "labels"
      ? "give a column for each of them, or leave labels out: the model's own classes are then asked for the order"
      : "name every class the model knows as labels, in the order of the columns";
  return new TrackingError(
    "INVALID_SCORES",
    `y_score has ${columns} columns but ${whose} (${listed(labels)}); ${advice}`,
  );
}

function atOdds(order: ClassOrder, other: ClassOrder): TrackingError {
  const words = {
    labels: "labels",
    "column names": "its column names",
    model: "the model's classes",
    sorted: "sorting",
  };
  return new TrackingError(
    "INVALID_SCORES",
    `the order of y_score's columns is ${listed(order.labels)} by ${words[order.decidedBy]} but ${listed(other.labels)} by ${words[other.decidedBy]}; ${wayOut(order, other)}`,
  );
}

function wayOut({ decidedBy }: ClassOrder, other: ClassOrder): string {
  if (decidedBy === "labels") return "give labels in the order of the columns, or leave labels out";
  if (other.decidedBy === "column names") {
    return "where the columns are only numbered, pass y_score without their names; else give them in the order of the classes";
  }
  return "give the columns in the order of the model's classes, each under the name of its class";
}

function listed(labels: readonly unknown[]): string {
  const some = labels.slice(0, 10).map((label) => shown(label));
  return labels.length > 10 ? `${some.join(", ")} and ${labels.length - 10} more` : some.join(", ");
}
