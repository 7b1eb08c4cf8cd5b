import { TrackingError } from "../tracking-error.js";
import { sentNames } from "./sent-names.js";

/** The arguments of `log_experiment`, named as in Python. */
export type SentExperiment = Record<string, unknown> & { parameters?: unknown };

/** The arguments of `logExperiment`, unchecked: those sent, by the names that the core gives them. */
export function experimentInput(sent: SentExperiment): Record<string, unknown> {
  const { parameters } = sent;
  const isMapping = typeof parameters === "object" && parameters !== null && !Array.isArray(parameters);
  return renamed({ ...sent, ...(isMapping ? { parameters: renamed(parameters, "parameters.") } : {}) }, "");
}

/** The names that differ: the core's by those sent, and the reverse. */
const names = new Map([...sentNames].map(([own, sent]) => [sent, own]));

function renamed(record: object, path: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => {
      const meant = sentNames.get(key);
      if (meant !== undefined) {
        const message = `unknown argument: ${path}${JSON.stringify(key)}; did you mean ${meant}?`;
        throw new TrackingError("INVALID_ARGUMENT", message);
      }
      return [names.get(key) ?? key, value];
    }),
  );
}
