import { Button, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { projectsQuery, scoresQuery } from "../../api/queries.js";
import type { ChangeAddedScore, FoundDefinition } from "../../api/types.js";
import { DefinitionPicker } from "./definition-picker.js";
import { type Direction, ExpressionFields, type Kind } from "./expression-fields.js";
import { NewestValue } from "./newest-value.js";
import { useAddedScores, useChangeAddedScore } from "./use-added-scores.js";
import { useSettled } from "./use-settled.js";

/** Stands for the name until there is one that may be given: a score's value does not depend on it. */
const standInName = "preview";

/** A definition or an expression becomes a score of the project; before, what it is for the newest experiment. */
export function AddScore({ project, onAdded }: { project: string; onAdded: () => void }) {
  const [source, setSource] = useState<"definition" | "expression">("definition");
  const [name, setName] = useState("");
  const [definition, setDefinition] = useState<FoundDefinition>();
  const [expression, setExpression] = useState("");
  const [kind, setKind] = useState<Kind>("classification");
  const [direction, setDirection] = useState<Direction>();
  const [isBusy, setBusy] = useState(false);
  const { data } = useQuery(projectsQuery());
  const { data: registry = [] } = useQuery(scoresQuery());
  const present = useAddedScores(project);
  const change = useChangeAddedScore(project);
  const kinds = data?.projects.find((each) => each.project === project)?.kinds ?? [];
  const text = useSettled(expression.trim());
  const called = name.trim();
  const isTaken = !isBusy && present.some((score) => score.name === called);
  const what = whatIsScored();
  const isWhole = source === "definition" || (direction !== undefined && expression.trim() === text);
  const mayAdd = what !== undefined && called !== "" && !isTaken && isWhole;

  /** Undefined until there is a definition or an expression. The value is the same for every direction. */
  function whatIsScored(): Omit<ChangeAddedScore, "name"> | undefined {
    if (source === "definition") return definition && { definition: definition.id };
    if (text === "") return undefined;
    return { expression: text, direction: direction ?? "higher", ...(kinds.length > 1 ? { kind } : {}) };
  }
  const choose = (chosen: FoundDefinition) => {
    setDefinition(chosen);
    setName(nameFor(chosen, new Set(registry.map((score) => score.name))));
  };
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (!mayAdd) return;
    setBusy(true);
    if (await change({ name: called, ...what })) onAdded();
    else setBusy(false);
  };
  return (
    <form onSubmit={(event) => void add(event)} aria-label="Add a score">
      <Stack gap="xs">
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label="What it is"
          data={[
            { value: "definition", label: "A definition" },
            { value: "expression", label: "An expression" },
          ]}
          value={source}
          onChange={(value) => setSource(value === "expression" ? "expression" : "definition")}
        />
        {source === "definition" ? (
          <DefinitionPicker kinds={kinds} chosen={definition?.id} onChoose={choose} />
        ) : (
          <ExpressionFields
            expression={expression}
            onExpression={setExpression}
            direction={direction}
            onDirection={setDirection}
            kind={kinds.length > 1 ? kind : undefined}
            onKind={setKind}
          />
        )}
        <TextInput
          label="Name"
          description="Letters, digits and underscores"
          size="xs"
          maw={320}
          value={name}
          error={
            isTaken && `${called} is a score of this project already: remove it first, or choose another name`
          }
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" w="fit-content" disabled={!mayAdd} loading={isBusy}>
          Add for everybody
        </Button>
        {what && (
          <NewestValue
            project={project}
            given={{ name: called === "" || isTaken ? standInName : called, ...what }}
          />
        )}
      </Stack>
    </form>
  );
}

/**
 * A name that a score may have, from what people call the definition; with its library where a score of every
 * project is called so.
 */
function nameFor({ id, names: [first = "score"] }: FoundDefinition, taken: ReadonlySet<string>): string {
  const plain = (text: string) => text.replaceAll(/\W+/g, "_").replaceAll(/^_+|_+$/g, "");
  const own = plain(first);
  return taken.has(own) || !/^[A-Za-z]/.test(own) ? plain(`${id.split(":")[0]}_${own}`) : own;
}
