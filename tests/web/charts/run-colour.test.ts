import { describe, expect, it } from "vitest";

import { newRunId } from "../../../src/run/run-id.js";
import { runColour } from "../../../web/src/charts/run-colour.js";

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

describe("the colour of a run", () => {
  it("stays the same, and follows from its id alone", () => {
    expect(runColour("hrh1807eskf0046m", "light")).toBe(runColour("hrh1807eskf0046m", "light"));
    expect(runColour("hrh1807eskf0046m", "light")).not.toBe(runColour("hrh1807eskf0046n", "light"));
  });

  it.each(["light", "dark"] as const)(
    "is told apart from nine others in two of three sets, and from the background, in %s colours",
    (scheme) => {
      let alike = 0;
      for (let set = 0; set < 1000; set++) {
        const colours = Array.from({ length: 10 }, () => seen(runColour(newRunId(bytes), scheme)));
        if (colours.some((a, i) => colours.some((b, k) => k < i && areAlike(a.lab, b.lab)))) alike++;
        for (const { luminance } of colours) {
          const [low, high] = [luminance, seen(backgrounds[scheme]).luminance].toSorted((a, b) => a - b);
          expect((high! + 0.05) / (low! + 0.05)).toBeGreaterThan(2.99);
        }
      }
      // A third is expected; 400 of 1,000 are more than four standard deviations above that.
      expect(alike).toBeLessThan(400);
    },
  );
});
