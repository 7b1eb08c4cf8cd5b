import { seededRandom } from "./train-test-split.js";

export interface NetworkOptions {
  hidden: number;
  learningRate: number;
  seed: number;
}

/** How well a network does on some rows. */
export interface NetworkFit {
  /** Mean cross-entropy, in nats. */
  loss: number;
  accuracy: number;
}

/**
 * A classifier of one hidden layer of tanh and a softmax, trained by stochastic gradient descent: rows one by
 * one, in an order that the seed fixes.
 */
export class SmallNetwork {
  readonly hidden: number;
  readonly learningRate: number;
  readonly seed: number;
  readonly #random: () => number;
  /** Of each hidden unit the weights of the features and, last, of 1; of each class those of the units and of 1. */
  readonly #first: number[][];
  readonly #second: number[][];

  constructor(features: number, classes: number, { hidden, learningRate, seed }: NetworkOptions) {
    this.hidden = hidden;
    this.learningRate = learningRate;
    this.seed = seed;
    this.#random = seededRandom(seed);
    const layer = (units: number, inputs: number) =>
      Array.from({ length: units }, () =>
        Array.from({ length: inputs + 1 }, () => (2 * this.#random() - 1) / Math.sqrt(inputs)),
      );
    this.#first = layer(hidden, features);
    this.#second = layer(classes, hidden);
  }

  probabilities(rows: readonly number[][]): number[][] {
    return rows.map((row) => this.#forward(row).output);
  }

  /** One pass over the rows. */
  trainEpoch(rows: readonly number[][], labels: readonly number[]): void {
    const order = rows.map((_, i) => ({ i, key: this.#random() })).sort((a, b) => a.key - b.key);
    for (const { i } of order) this.#step(rows[i]!, labels[i]!);
  }

  fit(rows: readonly number[][], labels: readonly number[]): NetworkFit {
    const probabilities = this.probabilities(rows);
    const right = probabilities.filter((row, i) => row.indexOf(Math.max(...row)) === labels[i]).length;
    const losses = probabilities.map((row, i) => -Math.log(Math.max(row[labels[i]!]!, 1e-12)));
    return { loss: losses.reduce((a, b) => a + b, 0) / rows.length, accuracy: right / rows.length };
  }

  #forward(row: readonly number[]): { units: number[]; output: number[] } {
    const units = this.#first.map((weights) => Math.tanh(dot(weights, row)));
    const sums = this.#second.map((weights) => dot(weights, units));
    const greatest = Math.max(...sums);
    const powers = sums.map((sum) => Math.exp(sum - greatest));
    const total = powers.reduce((a, b) => a + b, 0);
    return { units, output: powers.map((power) => power / total) };
  }

  #step(row: readonly number[], label: number): void {
    const { units, output } = this.#forward(row);
    const errors = output.map((probability, k) => probability - (k === label ? 1 : 0));
    const back = units.map(
      (unit, j) => (1 - unit ** 2) * errors.reduce((sum, error, k) => sum + error * this.#second[k]![j]!, 0),
    );
    descend(this.#second, errors, units, this.learningRate);
    descend(this.#first, back, row, this.learningRate);
  }
}

/** The last weight is that of 1. */
function dot(weights: readonly number[], values: readonly number[]): number {
  return values.reduce((sum, value, i) => sum + value * weights[i]!, weights.at(-1)!);
}

function descend(
  layer: number[][],
  errors: readonly number[],
  inputs: readonly number[],
  rate: number,
): void {
  for (const [k, weights] of layer.entries()) {
    for (const [j, input] of inputs.entries()) weights[j]! -= rate * errors[k]! * input;
    weights[inputs.length]! -= rate * errors[k]!;
  }
}
