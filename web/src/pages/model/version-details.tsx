import { Stack } from "@mantine/core";

import type { ModelVersion } from "../../api/types.js";
import { MarkdownField } from "../../components/annotations/markdown-field.js";
import { PageLink } from "../../components/page-link.js";
import { showTime } from "../../components/show-cell.js";
import { Facts } from "../../run/run-facts.js";
import { PairTags } from "./pair-tags.js";
import type { ChangeOfModel } from "./use-change-model.js";
import classes from "./versions-table.module.css";

export interface VersionDetailsProps {
  model: string;
  version: ModelVersion;
  change: ChangeOfModel;
}

/** What is said of a version, and where it comes from. */
export function VersionDetails({ model, version, change }: VersionDetailsProps) {
  const { version: number } = version;
  return (
    <Stack gap="sm" py={4} className={classes.said}>
      <MarkdownField
        label="Description"
        text={version.description}
        id={`model-${model}-${number}`}
        onSave={(description) => change.changeVersion(number, { description })}
      />
      <PairTags
        label={`Tags of version ${number}`}
        tags={version.tags}
        onChange={(tags) => void change.changeVersion(number, tags)}
      />
      <Facts
        empty=""
        facts={[
          ["Source", version.source],
          [
            "Logged model",
            version.model_id === null ? (
              "none"
            ) : (
              <PageLink to="/logged-models/$logged" params={{ logged: version.model_id }} size="sm">
                {version.model_id}
              </PageLink>
            ),
          ],
          ["Stage", version.stage],
          ["Changed", showTime(version.updated_at)],
        ]}
      />
    </Stack>
  );
}
