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
/** Samples times definitions up to which accidents of the samples are looked for, and those of batches. */
const mostChanged = 3e7;
const mostBatched = 2e7;
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
    return { ...nothing, certainty: certaintyOf(given, direct, values), matches: direct };
  }
  const others = meant.length < all.length ? valuesOf(all, sample) : values;
  const matches = others.filter((each) => fits(given, each));
  const tries = accidentsOf(meant, values, sample);
  const accidents = tries.filter((each) => fits(given, each));
  const tried = others.length;
  if (matches.length + accidents.length > 0) {
    const certainty = certaintyOf(given, [...matches, ...accidents], [...others, ...tries]);
    return { ...nothing, certainty, matches, accidents: shortest(accidents), tried };
  }
  const nearest = values
    .map((each) => ({ ...each, distance: Math.abs(each.value - given.value) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostNearest);
  return { ...nothing, certainty: "none", matches, nearest, tried };
}

function fits(given: GivenNumber, { definition, value }: FoundDefinition): boolean {
  return isGiven(given, value, definition.precision);
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
): FoundAccident[] {
  const found: FoundAccident[] = [];
  for (const { what, of } of numberAccidents) {
    for (const { definition, value } of values) {
      const changed = of(value);
      if (Number.isFinite(changed) && changed !== value) found.push({ what, definition, value: changed });
    }
  }
  const size = definitions.length * sample.yTrue.length;
  if (size > mostChanged) return found;
  const plain = new Map(values.map(({ definition, value }) => [definition, value]));
  for (const accident of [...sampleAccidents(sample), ...withoutLastBatch(sample)]) {
    for (const { definition, value } of valuesOf(definitions, accident.sample)) {
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

/** Of accidents that give the same number, one a definition. */
function shortest(accidents: readonly FoundAccident[]): FoundAccident[] {
  const kept = new Map<string, FoundAccident>();
  for (const accident of accidents) {
    if (!kept.has(accident.definition.id)) kept.set(accident.definition.id, accident);
  }
  return [...kept.values()];
}

/**
 * How seldom so much would fit a number that has nothing to do with these predictions: it would have to come
 * near one of the numbers that were tried.
 */
function certaintyOf(
  given: GivenNumber,
  fitting: readonly FoundDefinition[],
  tried: readonly FoundDefinition[],
): FoundNumber["certainty"] {
  const [first] = fitting;
  const isOneNumber = fitting.every(
    ({ value, definition }) => Math.abs(value - first!.value) <= bits(definition) * Math.abs(first!.value),
  );
  if (!isOneNumber) return "possible";
  const distinct = new Map<string, number>();
  for (const { definition, value } of tried) distinct.set(value.toPrecision(6), scaleOf(definition, value));
  let chance = 0;
  for (const scale of distinct.values()) chance += Math.min(1, (2 * given.halfDigit) / scale);
  if (chance <= certainBelow) return "certain";
  return chance <= likelyBelow ? "likely" : "possible";
}

function bits({ precision }: Definition): number {
  return precision === "float32" ? 1e-5 : 1e-9;
}

/** Where numbers that people write down for such a score lie mostly: near the good end of its range. */
function scaleOf({ range: [min, max] }: Definition, value: number): number {
  const width = max - min;
  return Number.isFinite(width) ? width / 3 : Math.max(Math.abs(value), Number.MIN_VALUE);
}
