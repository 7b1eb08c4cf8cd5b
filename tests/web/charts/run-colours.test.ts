import { describe, expect, it } from "vitest";

import { newRunId } from "../../../src/run/run-id.js";
import { runColours } from "../../../web/src/charts/run-colours.js";
import { runPalette } from "../../../web/src/charts/run-palette.js";

let state = 1;
const bytes = (count: number) =>
  Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
const backgrounds = { light: "#ffffff", dark: "#242424" };

/** Of sRGB: the relative luminance of WCAG, and CIELAB under D65. */
function seen(hex: string) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(luminance);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return { luminance, lab: [116 * y - 16, 500 * (x - y), 200 * (y - z)] as const };
}

type Lab = readonly [number, number, number];

function areAlike(a: Lab, b: Lab): boolean {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) < 19.9; // the constants above are rounded
}

const runsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: newRunId(bytes), startedAt: Math.floor(i / 2) }));

describe("the colours of runs", () => {
  it.each(["light", "dark"] as const)(
    "are told apart from each other, and from the background, in %s colours",
    (scheme) => {
      for (let set = 0; set < 300; set++) {
        const colours = [...runColours(runsOf(10), scheme).values()].map(seen);
        expect(colours).toHaveLength(10);
        expect(colours.some((a, i) => colours.some((b, k) => k < i && areAlike(a.lab, b.lab)))).toBe(false);
        for (const { luminance } of colours) {
          const [low, high] = [luminance, seen(backgrounds[scheme]).luminance].toSorted((a, b) => a - b);
          expect((high! + 0.05) / (low! + 0.05)).toBeGreaterThan(2.99);
        }
      }
      const all = runColours(runsOf(runPalette[scheme].length), scheme);
      expect(new Set(all.values()).size).toBe(runPalette[scheme].length);
      expect(runColours(runsOf(300), scheme).size).toBe(300);
    },
  );

  it("follow from the runs alone, in whatever order they are shown", () => {
    const runs = runsOf(50);
    const colours = runColours(runs, "light");
    expect(runColours([...runs].reverse(), "light")).toEqual(colours);
    expect(runColours(runs.slice(0, 20), "light", runs.slice(20))).toEqual(colours);
  });

  it("stay where a later run comes, and mostly where an earlier one does or one goes", () => {
    let changed = 0;
    for (let set = 0; set < 200; set++) {
      const runs = runsOf(11);
      const before = runColours(runs.slice(0, 10), "light");
      const later = runColours(runs, "light");
      for (const [id, colour] of before) expect(later.get(id)).toBe(colour);
      const without = runColours(runs.slice(1), "light");
      changed += [...without].filter(([id, colour]) => later.get(id) !== colour).length;
    }
    expect(changed / 200).toBeLessThan(0.2);
  });
});
