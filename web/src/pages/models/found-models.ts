import type { Models } from "../../api/types.js";

/** The models whose name, description, tags and aliases have all of some words, in any case. */
export function foundModels(models: Models["models"], text: string): Models["models"] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter(({ name, description, tags, aliases }) => {
    const said = [name, description, ...Object.entries(tags).flat(), ...aliases.map(({ alias }) => alias)];
    const all = said.join("\n").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
