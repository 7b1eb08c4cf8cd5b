import { Text } from "@mantine/core";

import { showCounted } from "../components/show-cell.js";
import { isOwnTag, noteTag } from "./mlflow-tags.js";
import { Facts } from "./run-facts.js";

/** The tags of a run or a model: those that somebody gave it, and folded away what MLflow's client noted by itself. */
export function RunTags({ tags }: { tags: Readonly<Record<string, string>> }) {
  const all = Object.entries(tags).filter(([name]) => name !== noteTag);
  const own = all.filter(([name]) => isOwnTag(name));
  return (
    <>
      <Facts facts={all.filter(([name]) => !isOwnTag(name))} empty="None was given." />
      {own.length > 0 && (
        <details>
          <Text component="summary" size="sm" mt="xs" c="dimmed" style={{ cursor: "pointer" }}>
            {showCounted(own.length, "tag")} that MLflow's client set by itself
          </Text>
          <Facts facts={own} empty="" />
        </details>
      )}
    </>
  );
}
