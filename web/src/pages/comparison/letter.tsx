import { Badge } from "@mantine/core";

/** The colours of A and B, the same everywhere on the page. */
export const pairColors = { A: "blue", B: "orange" } as const;

export function Letter({ letter }: { letter: "A" | "B" }) {
  return (
    <Badge
      component="span"
      variant="filled"
      size="sm"
      radius="sm"
      color={letter === "A" ? "blue.8" : "orange.9"}
      autoContrast
      style={{ flex: "none" }}
    >
      {letter}
    </Badge>
  );
}
