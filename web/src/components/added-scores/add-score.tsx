import { Button, Group, NativeSelect, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { projectsQuery, scoresQuery } from "../../api/queries.js";
import type { ChangeAddedScore, FoundDefinition } from "../../api/types.js";
import { DefinitionPicker } from "./definition-picker.js";
import { NewestValue } from "./newest-value.js";
import { useChangeAddedScore } from "./use-added-scores.js";
import { useSettled } from "./use-settled.js";

/** A definition or an expression becomes a score of the project; before, what it is for the newest experiment. */
export function AddScore({ project, onAdded }: { project: string; onAdded: () => void }) {
  const [source, setSource] = useState<"definition" | "expression">("definition");
  const [name, setName] = useState("");
  const [definition, setDefinition] = useState<FoundDefinition>();
  const [expression, setExpression] = useState("");
  const [kind, setKind] = useState<"classification" | "regression">();
  const [direction, setDirection] = useState<"higher" | "lower" | "zero">("higher");
  const { data } = useQuery(projectsQuery());
  const { data: registry = [] } = useQuery(scoresQuery());
  const change = useChangeAddedScore(project);
  const kinds = data?.projects.find((each) => each.project === project)?.kinds ?? [];
  const text = useSettled(expression.trim());
  const given = givenScore();

  function givenScore(): ChangeAddedScore | undefined {
    const called = name.trim();
    if (called === "") return undefined;
    if (source === "definition") return definition && { name: called, definition: definition.id };
    if (text === "") return undefined;
    const both = kinds.length > 1 ? { kind: kind ?? "classification" } : {};
    return { name: called, expression: text, direction, ...both };
  }
  const choose = (chosen: FoundDefinition) => {
    setDefinition(chosen);
    setName(nameFor(chosen, new Set(registry.map((score) => score.name))));
  };
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (given && (await change(given))) onAdded();
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
          <Group gap="xs" align="flex-end">
            <TextInput
              label="Expression"
              size="xs"
              flex={1}
              miw={220}
              value={expression}
              onChange={(event) => setExpression(event.currentTarget.value)}
            />
            <NativeSelect
              label="Better is"
              size="xs"
              data={[
                { value: "higher", label: "higher" },
                { value: "lower", label: "lower" },
                { value: "zero", label: "nearer to 0" },
              ]}
              value={direction}
              onChange={({ currentTarget: { value } }) =>
                setDirection(value === "lower" || value === "zero" ? value : "higher")
              }
            />
            {kinds.length > 1 && (
              <NativeSelect
                label="Of a"
                size="xs"
                data={["classification", "regression"]}
                value={kind ?? "classification"}
                onChange={({ currentTarget: { value } }) =>
                  setKind(value === "regression" ? "regression" : "classification")
                }
              />
            )}
          </Group>
        )}
        <Group gap="xs" align="flex-end">
          <TextInput
            label="Name"
            description="Letters, digits and underscores"
            size="xs"
            w={220}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" disabled={!given}>
            Add for everybody
          </Button>
        </Group>
        {given && <NewestValue project={project} given={given} />}
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
