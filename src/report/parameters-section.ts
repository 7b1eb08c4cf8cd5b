import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { ReportContent, ReportSection } from "./report-content.js";

const mostRows = 60;
const longestValue = 200;

/** The parameters of the model, and those that the user named, in which the two differ. */
export function parametersSection([a, b]: ReportContent["records"]): ReportSection {
  const [ofA, ofB] = [parametersOf(a), parametersOf(b)];
  const names = [...new Set([...ofA.keys(), ...ofB.keys()])];
  const differing = names.filter((name) => ofA.get(name) !== ofB.get(name));
  const same = names.length - differing.length;
  const left = differing.length - mostRows;
  const others = same > 0 ? `${same} others are the same.` : "";
  if (differing.length === 0) {
    return { title: "Parameters", parts: [{ part: "text", text: `No parameter differs. ${others}`.trim() }] };
  }
  const rest = left > 0 ? [`${left} more that differ are left out here.`, others] : [others];
  return {
    title: "Parameters that differ",
    parts: [
      {
        part: "table",
        columns: [{ title: "Parameter" }, { title: "A" }, { title: "B" }],
        rows: differing.slice(0, mostRows).map((name) => [name, ofA.get(name) ?? "", ofB.get(name) ?? ""]),
      },
      ...rest.filter(Boolean).map((text) => ({ part: "text", text }) as const),
    ],
  };
}

function parametersOf({ model, modelParameters, extraParameters }: ExperimentRecord): Map<string, string> {
  const found = new Map([["model", model]]);
  for (const [name, value] of Object.entries(modelParameters)) found.set(`model.${name}`, shown(value));
  for (const [name, value] of Object.entries(extraParameters)) found.set(`extra.${name}`, shown(value));
  return found;
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const characters = [...text];
  return characters.length > longestValue ? `${characters.slice(0, longestValue - 1).join("")}…` : text;
}
