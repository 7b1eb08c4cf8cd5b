import { shown, type Values } from "../../experiment/input/values.js";
import { TrackingError } from "../../tracking-error.js";
import { hasFunction } from "./dense.js";
import type { ArrowVectorLike } from "./held-types.js";

export function isArrowVector(value: object): value is ArrowVectorLike {
  return (
    hasFunction(value, "toArray") && hasFunction(value, "get") && "nullCount" in value && "type" in value
  );
}

/**
 * The values of an Arrow vector: numbers without a gap as the typed array that they are, others one by one,
 * null where there is none. Dates and timestamps become Dates.
 * @throws TrackingError INVALID_ARGUMENT for a type that is no value a sample, and a time finer than a Date
 */
export function arrowValues(vector: ArrowVectorLike, path: string): Values<unknown> {
  const type = vector.type.toString();
  if (isNumeric.test(type) && vector.nullCount === 0) return vector.toArray() as Values<unknown>;
  const isTime = /^(?:Dictionary<\w+, )?(?:Date|Timestamp)/.test(type);
  if (!isTime && !isPlainType.test(type)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${path} is an Arrow vector of ${type}; cast it to texts, numbers, booleans or timestamps`,
    );
  }
  return Array.from({ length: vector.length }, (_, i) => {
    const value = vector.get(i);
    return isTime && value !== null ? dateOf(value, `${path}[${i}]`, type) : value;
  });
}

/**
 * A vector of integers as bigints, null where there is none, so that it is kept as integers whether one is
 * missing or not; undefined for any other vector.
 */
export function arrowIntegers(vector: ArrowVectorLike): Values<unknown> | undefined {
  if (!isInteger.test(vector.type.toString())) return undefined;
  if (vector.nullCount === 0) return BigInt64Array.from(vector.toArray() as ArrayLike<number>, BigInt);
  return Array.from({ length: vector.length }, (_, i) => {
    const value = vector.get(i) as number | bigint | null;
    return value === null ? null : BigInt(value);
  });
}

const isInteger = /^(?:Int(?:8|16|32|64)|Uint(?:8|16|32))$/i;
const isNumeric = /^(?:U?int(?:8|16|32|64)|Float(?:32|64))$/i;
const isPlainType =
  /^(?:U?int(?:8|16|32|64)|Float(?:16|32|64)|Bool|(?:Large)?Utf8|Null|Dictionary<\w+, (?:(?:Large)?Utf8|U?int\d+|Float\d+|Bool)>)$/i;

function dateOf(value: unknown, path: string, type: string): Date {
  if (value instanceof Date) return value;
  const milliseconds = Number(value);
  if (Number.isInteger(milliseconds)) return new Date(milliseconds);
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${path} is ${shown(value)} milliseconds, of type ${type}: finer than a Date, so that different times could become one; give such times as texts`,
  );
}
