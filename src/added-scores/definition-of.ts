import { catalogue } from "../definitions/catalogue.js";
import type { Definition } from "../definitions/definition.js";

const byId = new Map(catalogue.map((definition) => [definition.id, definition]));

/** A definition of the catalogue by its id, such as `sklearn:ks`. */
export function definitionOf(id: string): Definition | undefined {
  return byId.get(id);
}
