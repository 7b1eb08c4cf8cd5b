import { batchesOf, numberAccidents, sampleAccidents, withoutLastBatch } from "./accidents.js";
import {
  type AskedDefinitions,
  askedOf,
  computed,
  type DefinedSample,
  definitionsFor,
} from "./asked-definitions.js";
import type { Definition } from "./definition.js";
import type { certainties } from "./explanation-schema.js";
import { type GivenNumber, isGiven } from "./given-number.js";
import { remembered } from "./remembered.js";

export interface FoundDefinition {
  definition: Definition;
  value: number;
}

export interface FoundAccident extends FoundDefinition {
  what: string;
}

export interface FoundNumber {
  certainty: (typeof certainties)[number];
  matches: FoundDefinition[];
  /** Whether the matches are among those that were asked for. */
  isAsked: boolean;
  /** Looked for where no definition that was asked for gives the number. */
  accidents: FoundAccident[];
  /** Where nothing gives it, what comes nearest, of what was asked for. */
  nearest: (FoundDefinition & { distance: number })[];
  /** Definitions that were computed. */
  tried: number;
}

/** Above these chances that a number of no definition fits by luck, it is not certain, and not likely. */
const [certainBelow, likelyBelow] = [0.005, 0.1];
const mostNearest = 5;
/**
 * Samples times definitions up to which accidents of the samples are looked for, and those of batches; of many
 * classes, times a quarter of their pairs.
 */
const mostChanged = 2e6;
const mostBatched = 5e5;
/** Definitions of which means over batches are computed: those of a name, not the whole catalogue. */
const mostOfBatches = 60;

/**
 * Which definitions give a number for some predictions; where none of those that were asked for does, which
 * others do, and which by a common accident.
 * @throws TrackingError INVALID_ARGUMENT where the name or the library is unknown
 */
export function explainNumber(
  sample: DefinedSample,
  given: GivenNumber,
  asked: AskedDefinitions = {},
): FoundNumber {
  const all = definitionsFor(sample);
  const meant = askedOf(all, asked);
  const values = valuesOf(meant, sample);
  const direct = values.filter((each) => fits(given, each));
  const nothing = { accidents: [], nearest: [], tried: values.length, isAsked: direct.length > 0 };
  if (direct.length > 0) {
    // What is usually meant by a name needs no luck to be it.
    const grid = fits(given, values[0]!) ? () => 0 : (each: Definition) => gridOf(each, sample);
    return { ...nothing, certainty: certaintyOf(given, direct, values, grid), matches: direct };
  }
  const others = meant.length < all.length ? valuesOf(all, sample) : values;
  const matches = others.filter((each) => fits(given, each));
  const tries = accidentsOf(meant, values, sample, asked);
  const accidents = tries.filter((each) => fits(given, each));
  const tried = others.length;
  if (matches.length + accidents.length > 0) {
    const found = [...matches, ...accidents];
    const certainty = certaintyOf(given, found, [...others, ...tries], (each) => gridOf(each, sample));
    return { ...nothing, certainty, matches, accidents: oneEach(accidents), tried };
  }
  const nearest = values
    .map((each) => ({ ...each, distance: Math.abs(each.value - given.value) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostNearest);
  return { ...nothing, certainty: "none", matches, nearest, tried };
}

function fits(given: GivenNumber, { value }: FoundDefinition): boolean {
  return isGiven(given, value);
}

function valuesOf(definitions: readonly Definition[], sample: DefinedSample): FoundDefinition[] {
  return definitions.flatMap((definition) => {
    const value = computed(definition, sample);
    return value === undefined ? [] : [{ definition, value }];
  });
}

/** What the definitions give where something went wrong in a usual way. */
function accidentsOf(
  definitions: readonly Definition[],
  values: readonly FoundDefinition[],
  sample: DefinedSample,
  asked: AskedDefinitions,
): FoundAccident[] {
  const found: FoundAccident[] = [];
  for (const { what, of } of numberAccidents) {
    for (const { definition, value } of values) {
      const changed = of(value);
      if (Number.isFinite(changed) && changed !== value) found.push({ what, definition, value: changed });
    }
  }
  const classes = sample.kind === "classification" ? sample.labels.length : 1;
  const size = definitions.length * sample.yTrue.length * Math.max(1, classes ** 2 / 4);
  if (size > mostChanged) return found;
  const plain = new Map(values.map(({ definition, value }) => [definition, value]));
  for (const accident of [...sampleAccidents(sample), ...withoutLastBatch(sample)]) {
    const meant = askedOf(definitionsFor(accident.sample), asked);
    for (const { definition, value } of valuesOf(meant, accident.sample)) {
      if (value !== plain.get(definition)) found.push({ what: accident.what, definition, value });
    }
  }
  if (size > mostBatched || definitions.length > mostOfBatches) return found;
  for (const { size: rows, batches } of batchesOf(sample)) {
    for (const definition of definitions) {
      const each = batches.map((batch) => computed(definition, batch));
      if (!each.every((value) => value !== undefined)) continue;
      const value = each.reduce((sum, part) => sum + part, 0) / each.length;
      found.push({ what: `averaged over batches of ${rows}`, definition, value });
    }
  }
  return found;
}

/** Of accidents that give the same number, the first of each definition. */
function oneEach(accidents: readonly FoundAccident[]): FoundAccident[] {
  const kept = new Map<string, FoundAccident>();
  for (const accident of accidents) {
    if (!kept.has(accident.definition.id)) kept.set(accident.definition.id, accident);
  }
  return [...kept.values()];
}

/** Definitions that differ by less only do so by how they add up. */
const oneNumber = 1e-5;

/**
 * How seldom so much would fit a number that has nothing to do with these predictions: it would have to come
 * near one of the numbers that were tried.
 * @param grid how far the numbers that a definition can give are apart
 */
function certaintyOf(
  given: GivenNumber,
  fitting: readonly FoundDefinition[],
  tried: readonly FoundDefinition[],
  grid: (definition: Definition) => number,
): FoundNumber["certainty"] {
  const [first] = fitting;
  const isOne = fitting.every(
    ({ value }) => Math.abs(value - first!.value) <= oneNumber * Math.abs(first!.value),
  );
  if (!isOne) return "possible";
  const distinct = new Map<string, number>();
  for (const { definition, value } of tried) {
    const width = Math.max(2 * given.halfDigit, grid(definition));
    distinct.set(value.toPrecision(6), Math.min(1, width / scaleOf(definition, value)));
  }
  let chance = 0;
  for (const each of distinct.values()) chance += each;
  return certaintyByChance(chance);
}

/** @param chance that a number of no definition fits by luck */
export function certaintyByChance(chance: number): FoundNumber["certainty"] {
  if (chance <= certainBelow) return "certain";
  return chance <= likelyBelow ? "likely" : "possible";
}

/**
 * How far apart the numbers are that a definition can give. A share of counts has few: whatever its digits, it
 * is that of another model by luck.
 */
function gridOf(definition: Definition, sample: DefinedSample): number {
  if (definition.kind === "regression" || sample.kind === "regression") return 0;
  const { names, range } = definition;
  if (!Number.isFinite(range[1]) || names.some((name) => ofEachScore.test(name))) return 0;
  const least = rarest(sample);
  const isOfPairs = names.some((name) => ofPairs.test(name));
  return isOfPairs ? 1 / (least * Math.max(1, sample.yTrue.length - least)) : 1 / least;
}

/** Names of what each score has its part in, and of what each pair of samples has. */
const ofEachScore = /brier|log_?loss|entropy|calibration|ece|squared|mse/;
const ofPairs = /auc|average_precision|gini/;

/** How many samples the rarest class has that any has. */
const rarest = remembered(({ yTrue, labels }: DefinedSample & { kind: "classification" }): number => {
  const counts = new Float64Array(labels.length);
  for (const code of yTrue) counts[code]! += 1;
  return counts.reduce((least, count) => (count > 0 ? Math.min(least, count) : least), yTrue.length);
});

/** Where numbers that people write down for such a score lie mostly: near the good end of its range. */
function scaleOf({ range: [min, max] }: Definition, value: number): number {
  const width = max - min;
  return Number.isFinite(width) ? width / 3 : Math.max(Math.abs(value), Number.MIN_VALUE);
}
