// Writes web/src/charts/run-palette.ts, the colours of runs: as many as can be told apart and stand out from the
// background by 3:1, since the more there are, the more seldom two of ten runs get the same one. It begins with
// none, and again and again adds a colour in place of the only one that is too near, then all that have room.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** In CIE76's measure. */
const apart = 20;
/** So many parts of each of red, green and blue are tried. */
const parts = 30;
const swaps = 400_000;
/** The backgrounds of both themes, and what of them no run should look like. */
const themes = {
  light: { background: [255, 255, 255], text: [0, 0, 0] },
  dark: { background: [36, 36, 36], text: [201, 201, 201] },
};

let state = 1;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

const linear = (byte) => (byte <= 10.31475 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
const white = [0.95047, 1, 1.08883];
const root = (t) => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29);

function luminance([r, g, b]) {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}
function labOf(rgb) {
  const [r, g, b] = rgb.map(linear);
  const x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / white[0]);
  const y = root(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = root((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / white[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** What stands out from the background and does not look like text, and of each what is too near to it. */
function candidatesOf({ background, text }) {
  const steps = Array.from({ length: parts + 1 }, (_, i) => Math.round((255 * i) / parts));
  const candidates = steps
    .flatMap((r) =>
      steps.flatMap((g) => steps.map((b) => ({ rgb: [r, g, b], lab: labOf([r, g, b]), near: [] }))),
    )
    .filter(({ rgb, lab }) => contrast(rgb, background) >= 3 && distance(lab, labOf(text)) >= apart);
  for (const [i, one] of candidates.entries()) {
    for (let k = 0; k < i; k++) {
      if (distance(one.lab, candidates[k].lab) >= apart) continue;
      one.near.push(k);
      candidates[k].near.push(i);
    }
  }
  return candidates;
}

function paletteOf(theme) {
  const candidates = candidatesOf(theme);
  const isChosen = candidates.map(() => false);
  /** How many of those chosen are too near. */
  const tooNear = candidates.map(() => 0);
  const put = (i, chosen) => {
    isChosen[i] = chosen;
    for (const k of candidates[i].near) tooNear[k] += chosen ? 1 : -1;
  };
  const fill = (among) => {
    for (const i of among) if (!isChosen[i] && tooNear[i] === 0) put(i, true);
  };
  fill(candidates.keys());
  for (let swap = 0; swap < swaps; ) {
    const i = Math.floor(random() * candidates.length);
    if (isChosen[i] || tooNear[i] !== 1) continue;
    swap++;
    const other = candidates[i].near.find((k) => isChosen[k]);
    put(other, false);
    put(i, true);
    fill(candidates[other].near);
  }
  return candidates.filter((_, i) => isChosen[i]).map(({ rgb }) => rgb);
}

/** By hue, so that a run has a similar one in both themes. */
function byHue(colours) {
  const hue = (rgb) => Math.atan2(labOf(rgb)[2], labOf(rgb)[1]);
  return colours.sort((a, b) => hue(a) - hue(b));
}

const hex = (rgb) => `#${rgb.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
const written = Object.entries(themes).map(([name, theme]) => {
  const colours = byHue(paletteOf(theme)).map(hex);
  console.log(`${name}: ${colours.length} colours`);
  return `  ${name}: ${JSON.stringify(colours)},`;
});
writeFileSync(
  fileURLToPath(new URL("../web/src/charts/run-palette.ts", import.meta.url)),
  `/** Colours that can be told apart, by hue: written by \`node scripts/run-colours.js\`. */
export const runPalette = {
${written.join("\n")}
} as const;
`,
);
