import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderStatistics } from "../../src/plots/order-statistics.js";
import { thinCurve } from "../../src/plots/thin-curve.js";
import { valueGroups } from "../../src/plots/value-groups.js";
import { binOf, edgesOfRange } from "../../src/statistics/equal-bins.js";
import { random } from "./predictions.js";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

/** Values that are hard to put into bins: crowded, far apart, of all sizes and signs. */
function hardValues(kind: number, length: number): Float64Array {
  const next = random(kind);
  const make = [
    () => next(),
    () => 1 - 1e-9 * next(),
    () => (next() < 0.001 ? 1e300 * (next() - 0.5) : next()),
    () => (next() - 0.5) * 10 ** (600 * next() - 300),
    () => Math.floor(next() * 3) - 1,
    () => 1 + Number.EPSILON * Math.floor(next() * 1000),
    () => (next() < 0.5 ? -0 : 0),
    () => (next() < 0.5 ? -1.7e308 : 1.7e308) * next(),
  ][kind]!;
  return Float64Array.from({ length }, make);
}

describe("order statistics", () => {
  it("are what sorting gives, for values of every size, sign and crowd", async () => {
    for (let kind = 0; kind < 8; kind++) {
      const values = hardValues(kind, 250_000);
      const sorted = values.slice().sort();
      const places = [0, 1, 777, 62_499, 124_999, 125_000, 187_500, 249_998, 249_999, 5, 5];
      const found = await orderStatistics(values, places, undefined);
      expect(Array.from(found), `values of kind ${kind}`).toEqual(places.map((place) => sorted[place]));
    }
  });
});

describe("groups of values", () => {
  it("in bins hold each sample once, in order, with their true ends", async () => {
    // The largest are looked at by a sample first.
    const lengths = [200_000, 200_000, 1_200_000, 200_000, 200_000, 200_000, 200_000, 1_200_000];
    for (const [kind, length] of [...lengths.entries(), [0, 1_200_000], [1, 1_200_000]] as const) {
      const values = hardValues(kind, length);
      const flags = Uint8Array.from(values, (_, i) => Number(i % 3 === 0));
      const sorted = values.slice().sort();
      const range = { min: sorted[0]!, max: sorted.at(-1)! };
      const groups = await valueGroups(values, flags, undefined, { range, exactUpTo: 1000 });
      const problems: string[] = [];
      let place = 0;
      for (let group = 0; group < groups.min.length; group++) {
        const first = sorted[place]!;
        if (place > 0 && !(first > sorted[place - 1]!)) problems.push(`group ${group} divides equal values`);
        place += groups.total[group]!;
        const last = sorted[place - 1]!;
        const [min, max] = [groups.min[group], groups.max[group]];
        // === since the two zeros are one value
        if (!(min === first && max === last))
          problems.push(`group ${group} does not go from ${first} to ${last}`);
        // However crowded or far apart, within reason: values of 600 orders of magnitude are beyond it.
        const isCoarse =
          groups.total[group]! > values.length / 4096 && groups.min[group] !== groups.max[group];
        if (isCoarse && kind !== 3) problems.push(`group ${group} holds ${groups.total[group]} samples`);
      }
      expect(problems.slice(0, 5), `values of kind ${kind}`).toEqual([]);
      expect(place).toBe(values.length);
      const flagged = groups.positives.reduce((sum, count) => sum + count, 0);
      expect(flagged).toBe(flags.reduce((sum, flag) => sum + flag, 0));
      const distinct = new Set(values).size;
      expect(groups.exact).toBe(groups.min.length === distinct);
    }
  });

  it("sorted are the distinct values with their counts", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.boolean()), { minLength: 1 }),
        async (rows) => {
          const values = Float64Array.from(rows, ([value]) => value);
          const flags = Uint8Array.from(rows, ([, flag]) => Number(flag));
          const range = { min: -3, max: 3 };
          const { min, max, total, positives } = await valueGroups(values, flags, undefined, { range });
          const distinct = [...new Set(values)].sort((a, b) => a - b);
          const count = (holds: (i: number) => boolean) =>
            distinct.map((value) => values.filter((each, i) => each === value && holds(i)).length);
          expect([...min]).toEqual(distinct);
          expect([...max]).toEqual(distinct);
          expect([...total]).toEqual(count(() => true));
          expect([...positives]).toEqual(count((i) => flags[i] === 1));
        },
      ),
    );
  });
});

describe("a thinned curve", () => {
  it("keeps its ends and as many points as allowed, and drops only what lies on a line where that is enough", () => {
    const x = Float64Array.from({ length: 10_001 }, (_, i) => i / 10_000);
    const corner = x.map((value) => Math.min(1, 4 * value));
    expect([...thinCurve(x, corner, 100).kept]).toEqual([0, 2500, 10_000]);
    expect(thinCurve(x, corner, 100).maxDeviation).toBe(0);
    const wave = x.map((value) => Math.sin(20 * value) / 2);
    const { kept, maxDeviation } = thinCurve(x, wave, 100);
    expect(kept).toHaveLength(100);
    expect([kept[0], kept.at(-1)]).toEqual([0, 10_000]);
    expect(maxDeviation).toBeGreaterThan(0);
    expect(maxDeviation).toBeLessThan(0.002);
    expect(thinCurve(x, wave, 1000).maxDeviation).toBeLessThan(maxDeviation / 50);
    expect(thinCurve(x, wave, 20_000).kept).toHaveLength(10_001);
  });
});

describe("equal bins", () => {
  it("hold a value between their edges, the last its upper edge too", () => {
    fc.assert(
      fc.property(
        finite,
        finite,
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, bins, share) => {
          const [least, greatest] = [Math.min(a, b), Math.max(a, b)];
          fc.pre(Number.isFinite(greatest - least));
          const edges = edgesOfRange(least, greatest, bins);
          const value = Math.min(greatest, Math.max(least, least + share * (greatest - least)));
          const bin = binOf(value, edges);
          const isLast = bin === edges.length - 2;
          const [lower, upper] = [edges[bin]!, edges[bin + 1]!];
          expect(value >= lower && (isLast ? value <= upper : value < upper)).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
  });
});
