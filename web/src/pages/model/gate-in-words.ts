/** The alias with which versions are compared, and whose gate has a switch. */
export const champion = "champion";

/** What the gate of some aliases does, for who sets them. */
export function gateInWords(gated: readonly string[]): string {
  if (gated.length === 0) return "Off: an alias goes to any version that it is given to.";
  const [names, verb] =
    gated.length === 1
      ? [`the alias ${gated[0]}`, "goes"]
      : [`the aliases ${gated.slice(0, -1).join(", ")} and ${gated.at(-1)}`, "go"];
  return `On: ${names} ${verb} to no version whose experiment is shown to be worse than that of the version which has it, by the project's primary score, or cannot be compared with it.`;
}
