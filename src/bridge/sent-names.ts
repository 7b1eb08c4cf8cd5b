import { argumentNames, parameterNames } from "../experiment/input/experiment-input.js";
import { snakeCase } from "../experiment/snake-case.js";

/** The arguments of `logExperiment` that Python calls otherwise, with their names there. */
export const sentNames: ReadonlyMap<string, string> = new Map(
  [...argumentNames, ...parameterNames]
    .map((name) => [name, snakeCase(name)] as const)
    .filter(([name, sent]) => name !== sent),
);
