import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { experimentsQuery } from "../../api/queries.js";
import { wordsCondition } from "../../components/filter-text.js";

const mostOffered = 100;

export interface IdPickerProps {
  project: string;
  /** The one that is shown, and what it is called. */
  id: string;
  label: string;
  onChoose: (id: string) => void;
}

/** Any experiment of a project by its prediction id, name or model; the latest first. */
export function IdPicker({ project, id, label, onChoose }: IdPickerProps) {
  const [text, setText] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const [asked] = useDebouncedValue(text?.trim() ?? "", 150);
  const chosen = `${id} · ${label}`;
  const filter = asked === chosen ? undefined : wordsCondition(asked);
  const { data } = useQuery({
    ...experimentsQuery(project, { filter, column: ["name"], sort: ["logged_at:desc"], limit: mostOffered }),
    enabled: isOpen,
  });
  const found = (data?.prediction_ids ?? []).map((value, i) => ({
    value,
    label: `${value} · ${data?.titles[i] ?? ""}`,
  }));
  const options = found.some(({ value }) => value === id) ? found : [{ value: id, label: chosen }, ...found];
  return (
    <Select
      size="xs"
      label="Prediction id"
      searchable
      allowDeselect={false}
      data={options}
      value={id}
      searchValue={text ?? chosen}
      onSearchChange={setText}
      // The server has searched already, in what the labels do not show too.
      filter={({ options: all }) => all}
      onDropdownOpen={() => {
        setOpen(true);
        setText("");
      }}
      onDropdownClose={() => {
        setOpen(false);
        setText(undefined);
      }}
      nothingFoundMessage="No experiment has these words"
      onChange={(value) => {
        if (value !== null) onChoose(value);
      }}
    />
  );
}
