import { Badge } from "@mantine/core";

import { shortName } from "./short-name.js";

/** An alias of a version, as it was written; and where it is not beside the version, its number. */
export function AliasBadge({ alias, version }: { alias: string; version?: number }) {
  return (
    // A badge would become as narrow as it can.
    <Badge variant="light" radius="sm" tt="none" fw={500} miw="max-content" title={alias}>
      {shortName(alias)}
      {version !== undefined && ` → ${version}`}
    </Badge>
  );
}
