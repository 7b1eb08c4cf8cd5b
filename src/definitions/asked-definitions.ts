import { nearest } from "../experiment/nearest.js";
import type { ClassificationSample, RegressionSample } from "../scores/sample.js";
import { TrackingError } from "../tracking-error.js";
import { catalogue, plainName } from "./catalogue.js";
import type { Definition } from "./definition.js";

/** What was predicted, as the definitions take it. */
export type DefinedSample =
  | ({ kind: "classification" } & ClassificationSample)
  | ({ kind: "regression" } & RegressionSample);

/** Which definitions are meant. */
export interface AskedDefinitions {
  /** What the number is called: `aucpr`, `val/f1_score`, `xgboost:aucpr`. */
  name?: string | undefined;
  /** The library that gave it: `xgboost`. */
  library?: string | undefined;
}

/** The definitions that can be computed of a sample. */
export function definitionsFor(sample: DefinedSample): Definition[] {
  return catalogue.filter((definition) => applies(definition, sample));
}

/** Many definitions of scores take each pair of classes. */
const mostScoredClasses = 100;

function applies(definition: Definition, sample: DefinedSample): boolean {
  if (definition.kind !== sample.kind) return false;
  if (definition.kind === "regression" || sample.kind === "regression") return true;
  if (definition.needsScore && (!sample.yScore || sample.labels.length > mostScoredClasses)) return false;
  return (
    definition.classes === "any" || definition.classes === (sample.labels.length > 2 ? "several" : "two")
  );
}

/** What a definition gives for a sample; undefined where it gives no number, or is for others. */
export function computed(definition: Definition, sample: DefinedSample): number | undefined {
  if (!applies(definition, sample)) return undefined;
  const value =
    definition.kind === "regression"
      ? definition.of(sample as RegressionSample)
      : definition.of(sample as ClassificationSample);
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/**
 * Those of some definitions that a name and a library mean, first those that their library itself calls so;
 * all where neither is given.
 * @throws TrackingError INVALID_ARGUMENT where nothing in the catalogue goes by that name or is of that library
 */
export function askedOf(
  definitions: readonly Definition[],
  { name, library }: AskedDefinitions,
): Definition[] {
  const [prefix, own] = parts(name);
  const source = library ?? prefix;
  if (source !== undefined && !knownLibraries.has(plainName(source))) {
    throw unknown("library", source, catalogue.flatMap(libraryNames));
  }
  if (own !== undefined && !knownNames.has(plainName(own))) {
    throw unknown("name of a number", own, catalogue.flatMap(namesOf));
  }
  const isCalledSo = ({ id }: Definition) => {
    const called = idName(id).replace(/\(.*$/, "");
    const names = [called, called.replace(/_score$/, "")].map(plainName);
    return own !== undefined && names.includes(plainName(own));
  };
  return definitions
    .filter(
      (definition) =>
        (source === undefined || plain(libraryNames(definition)).has(plainName(source))) &&
        (own === undefined || plain(namesOf(definition)).has(plainName(own))),
    )
    .sort((a, b) => Number(isCalledSo(b)) - Number(isCalledSo(a)));
}

/** Whether any definition goes by a name, of a library where it names one; of a kind, where one is given. */
export function isKnownName(name: string, kind?: Definition["kind"]): boolean {
  const [prefix, own] = parts(name);
  return (
    own !== undefined &&
    (kind === undefined ? knownNames : namesOfKind[kind]).has(plainName(own)) &&
    (prefix === undefined || knownLibraries.has(plainName(prefix)))
  );
}

/** Whether a name says that its number is of the samples that a model was fitted to. */
export function isOfTraining(name: string): boolean {
  return (
    /^train(?:ing)?(?:_\d+)?[-_ ]/i.test(name.slice(name.lastIndexOf("/") + 1)) ||
    /^train(?:ing)?\//i.test(name)
  );
}

/**
 * `xgboost:aucpr` names a library; what tells data sets apart, as in `val/auc`, `test_f1` or `valid_0's auc`, names
 * no score.
 */
function parts(name: string | undefined): [library: string | undefined, own: string | undefined] {
  if (name === undefined) return [undefined, undefined];
  if (knownNames.has(plainName(name))) return [undefined, name];
  const colon = name.indexOf(":");
  const library = colon < 0 ? undefined : name.slice(0, colon);
  const own = name.slice(colon + 1);
  const bare = own
    .slice(own.lastIndexOf("/") + 1)
    .replace(/^.+'s /, "")
    .replace(dataSet, "")
    .replace(/-(?:mean|std)$/, "")
    .replace(/^neg_/, "");
  return [library, knownNames.has(plainName(own)) ? own : bare];
}

const dataSet = /^(?:train|training|val|valid|validation|test|eval|holdout)(?:_\d+)?[-_ ]/i;

function namesOf({ id, names }: Definition): string[] {
  return [...names, idName(id), id];
}

function idName(id: string): string {
  return id.slice(id.indexOf(":") + 1);
}

function libraryNames({ id, library }: Definition): string[] {
  return [library, id.slice(0, id.indexOf(":")), ...(shortNames[library] ?? [])];
}

/** What people call libraries. */
const shortNames: Readonly<Record<string, readonly string[]>> = {
  LightGBM: ["lgb", "lgbm"],
  XGBoost: ["xgb"],
  Keras: ["tensorflow", "tf"],
  Spark: ["pyspark"],
  "Spark MLlib": ["pyspark"],
  TorchMetrics: ["torch", "pytorch", "lightning"],
  "scikit-learn": ["sk"],
};

function plain(names: readonly string[]): Set<string> {
  return new Set(names.map(plainName));
}

const knownNames = plain(catalogue.flatMap(namesOf));
const ofKind = (kind: Definition["kind"]) =>
  plain(catalogue.filter((definition) => definition.kind === kind).flatMap(namesOf));
const namesOfKind = { classification: ofKind("classification"), regression: ofKind("regression") };
const knownLibraries = plain(catalogue.flatMap(libraryNames));

function unknown(what: string, given: string, known: readonly string[]): TrackingError {
  const meant = nearest(given, known);
  const wayOut = meant === undefined ? "docs/definitions.md lists what there is." : `did you mean ${meant}?`;
  return new TrackingError(
    "INVALID_ARGUMENT",
    `unknown ${what}: ${JSON.stringify(given.slice(0, 100))}; ${wayOut} Leave it out to try every definition`,
  );
}
