import { escaped } from "../escaped.js";

/** A whole picture; its colours come from the page's classes, so that they follow its theme. */
export function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  const size = `viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"><title>${escaped(title)}</title>${parts.join("")}</svg>`;
}

export function svgText(
  [x, y]: readonly [number, number],
  text: string,
  { anchor = "middle", turned = false, name = "" } = {},
): string {
  const turn = turned ? ` transform="rotate(-90 ${round(x)} ${round(y)})"` : "";
  const classes = name === "" ? "" : ` class="${name}"`;
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"${classes}${turn}>${escaped(text)}</text>`;
}

export function svgLine(
  from: readonly [number, number],
  to: readonly [number, number],
  name: string,
): string {
  return `<line x1="${round(from[0])}" y1="${round(from[1])}" x2="${round(to[0])}" y2="${round(to[1])}" class="${name}"/>`;
}

/** As much of a text as there is room for. */
export function inShort(text: string, longest: number): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : text;
}

export function round(value: number): string {
  return String(Number(value.toFixed(1)));
}
