import { Box, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { definitionsQuery } from "../../api/queries.js";
import type { FoundDefinition } from "../../api/types.js";
import { showCount } from "../show-cell.js";
import classes from "./definition-picker.module.css";
import { useSettled } from "./use-settled.js";

export interface DefinitionPickerProps {
  /** The kinds of experiments that the project has. */
  kinds: readonly string[];
  chosen: string | undefined;
  onChoose: (definition: FoundDefinition) => void;
}

const mostListed = 30;

/** Finds a definition of the catalogue by words of its name, library and formula. */
export function DefinitionPicker({ kinds, chosen, onChoose }: DefinitionPickerProps) {
  const [typed, setTyped] = useState("");
  const words = useSettled(typed.trim());
  const [kind, ...others] = kinds;
  const { data } = useQuery(
    definitionsQuery({
      limit: mostListed,
      ...(words === "" ? {} : { words }),
      ...(kind !== undefined && others.length === 0 ? { kind } : {}),
    }),
  );
  return (
    <div>
      <TextInput
        label="Definition"
        placeholder="pr auc xgboost"
        description="Words of its name, its library or its formula"
        size="xs"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        data-autofocus
      />
      <Box className={classes.list} role="group" aria-label="Definitions" tabIndex={0} mt="xs">
        {data?.definitions.map((definition) => (
          <UnstyledButton
            key={definition.id}
            className={classes.item}
            aria-pressed={definition.id === chosen}
            onClick={() => onChoose(definition)}
          >
            <Text span size="xs" fw={500}>
              {definition.library}
            </Text>{" "}
            <Text span size="xs" ff="monospace">
              {definition.call}
            </Text>
            <Text size="xs" c="dimmed">
              {definition.formula}
            </Text>
          </UnstyledButton>
        ))}
        {data?.total === 0 && (
          <Text size="xs" c="dimmed" p="xs">
            No definition has all of these words.
          </Text>
        )}
      </Box>
      {data && data.total > data.definitions.length && (
        <Text size="xs" c="dimmed">
          {showCount(data.definitions.length)} of {showCount(data.total)}; more words find fewer.
        </Text>
      )}
    </div>
  );
}
