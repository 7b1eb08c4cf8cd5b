import type { ChartOption } from "./chart-option.js";

const colours = {
  light: ["#1c7ed6", "#e8590c", "#0ca678", "#9c36b5"],
  dark: ["#4dabf7", "#ffa94d", "#63e6be", "#e599f7"],
};

/** What all charts share. Tooltips are drawn on the canvas: text from data never becomes HTML. */
export function themed(option: ChartOption, scheme: "light" | "dark"): ChartOption {
  const { tooltip } = option;
  return {
    backgroundColor: "transparent",
    animation: false,
    color: colours[scheme],
    ...option,
    ...(tooltip ? { tooltip: { renderMode: "richText", confine: true, ...tooltip } } : {}),
  };
}
