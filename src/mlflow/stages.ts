/** Where versions of a model stood before there were aliases. */
export const stages = ["None", "Staging", "Production", "Archived"] as const;
