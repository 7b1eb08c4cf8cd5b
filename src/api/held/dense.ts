import type { Values } from "../../experiment/input/values.js";
import { TrackingError } from "../../tracking-error.js";
import type { MatrixLike, OnnxTensorLike, TensorLike } from "./held-types.js";

/** The values of a tensor or a matrix, row by row. */
export interface Dense {
  /** In a message: "a tensor of shape [10, 3]". */
  what: string;
  shape: readonly number[];
  values: Values<unknown>;
}

export function isDense(value: object): value is TensorLike | OnnxTensorLike | MatrixLike {
  return isTensor(value) || isOnnxTensor(value) || isMatrix(value);
}

/** @param path what messages call the argument */
export async function readDense(
  given: TensorLike | OnnxTensorLike | MatrixLike,
  path: string,
): Promise<Dense> {
  if (isMatrix(given)) {
    const { rows, columns } = given;
    return {
      what: `a matrix of ${rows} rows and ${columns} columns`,
      shape: [rows, columns],
      values: Float64Array.from(given.to2DArray().flat()),
    };
  }
  const [shape, type] = isTensor(given) ? [given.shape, given.dtype] : [given.dims, given.type];
  const what = `a tensor of shape [${shape.join(", ")}]`;
  if (!knownTypes.has(type)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${path} is a tensor of type ${type}; cast it to float32, int32, bool or string before`,
    );
  }
  const values = await (isTensor(given) ? given.data() : given.getData());
  return { what, shape, values: type === "bool" ? Array.from(values, Boolean) : (values as Values<unknown>) };
}

/** Types whose values JavaScript has one by one; of half floats and complex numbers it has parts. */
const knownTypes = new Set([
  "float32",
  "float64",
  "int8",
  "uint8",
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "bool",
  "string",
]);

/**
 * The one value a sample that an argument takes.
 * @throws TrackingError INVALID_ARGUMENT where a sample has several
 */
export function oneColumn({ shape, values, what }: Dense, path: string): Values<unknown> {
  const [samples, ...rest] = shape;
  if (samples !== undefined && rest.every((size) => size === 1)) return values;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${path} is ${what}; give one value a sample: of class probabilities the position of each row's greatest, of a row its values as a column`,
  );
}

/**
 * y_score as its checks take it: a probability a sample, or rows of them.
 * @throws TrackingError INVALID_SCORES
 */
export function scoresOf({ shape, values, what }: Dense, path: string): unknown {
  const [samples, columns = 1, ...rest] = shape;
  if (samples === undefined || rest.some((size) => size !== 1)) {
    throw new TrackingError(
      "INVALID_SCORES",
      `${path} is ${what}; give a probability a sample, or a row of class probabilities a sample`,
    );
  }
  return columns === 1 ? values : { values, columns };
}

function isTensor(value: object): value is TensorLike {
  return hasFunction(value, "data") && "shape" in value && Array.isArray(value.shape) && "dtype" in value;
}

function isOnnxTensor(value: object): value is OnnxTensorLike {
  return hasFunction(value, "getData") && "dims" in value && Array.isArray(value.dims) && "type" in value;
}

function isMatrix(value: object): value is MatrixLike {
  return (
    hasFunction(value, "to2DArray") && hasFunction(value, "get") && "rows" in value && "columns" in value
  );
}

export function hasFunction<Name extends string>(
  value: object,
  name: Name,
): value is Record<Name, (...given: never[]) => unknown> {
  return name in value && typeof Reflect.get(value, name) === "function";
}
