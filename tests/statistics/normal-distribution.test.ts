import { expect, it } from "vitest";

import { normalQuantile } from "../../src/statistics/normal-distribution.js";
import { oraclePython, runPython } from "../python/python.js";

it("gives scipy's normal quantiles to 1e-12, from the smallest double up to 1", async (context) => {
  const python = oraclePython(context);
  const script = `
import json, numpy as np
from scipy.stats import norm
p = np.concatenate([np.linspace(0, 1, 20001)[1:-1], 10.0 ** np.linspace(-323, -1, 5000), [5e-324, 2**-53, 1 - 2**-53, 0.075, 0.925, 0.0749999]])
print(json.dumps([p.tolist(), norm.ppf(p).tolist()]))
`;
  const [p, z] = JSON.parse(await runPython(python, ["-c", script])) as [number[], number[]];
  const off = p.filter((probability, i) => {
    const error = Math.abs(normalQuantile(probability) - z[i]!);
    // Around 1/2 the quantile is as small as the rounding of the probability.
    return !(error <= 1e-12 * Math.abs(z[i]!) || error <= 1e-16);
  });
  expect(p).toHaveLength(25_005);
  expect(off).toEqual([]);
});

it("is 0 at one half, infinite at the ends, odd, and no number elsewhere", () => {
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(0)).toBe(-Infinity);
  expect(normalQuantile(1)).toBe(Infinity);
  expect(normalQuantile(0.25)).toBe(-normalQuantile(0.75));
  expect(normalQuantile(0.975)).toBe(1.9599639845400536);
  for (const outside of [-0.1, 1.1, Number.NaN, Infinity]) expect(normalQuantile(outside)).toBeNaN();
});
