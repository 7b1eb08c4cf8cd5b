import { Anchor, Code, Combobox, Text, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { type ApiError, fetchAnswer } from "../api/fetch-json.js";
import { namesATime } from "./filter-text.js";
import { readersZone } from "./show-cell.js";

export interface FilterInputProps {
  project: string;
  /** What is filtered; by default experiments. */
  of?: "experiments" | "runs";
  filter: string;
  error: ApiError | undefined;
  onFilter: (text: string) => void;
}

const completionsOf = {
  experiments: "/api/projects/{project}/completions",
  runs: "/api/projects/{project}/runs/completions",
} as const;
const exampleOf = {
  experiments: "f1_macro > 0.9 AND params.k < 5",
  runs: "metrics.loss < 0.1 AND status = finished",
};

/** Where the filter language is typed, with what may come next, and where it is wrong. */
export function FilterInput({ project, of = "experiments", filter, error, onFilter }: FilterInputProps) {
  const [text, setText] = useState(filter);
  const [cursor, setCursor] = useState(filter.length);
  useEffect(() => setText(filter), [filter]);
  const input = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [asked] = useDebouncedValue({ text, cursor }, 120);
  const { data = [] } = useQuery({
    queryKey: ["store", "completions", of, project, asked],
    queryFn: async ({ signal }) =>
      (await fetchAnswer(completionsOf[of], { project }, asked, signal)).completions,
    enabled: combobox.dropdownOpened,
  });
  // An answer to an older text would be put in the wrong place.
  const offered = asked.text === text && asked.cursor === cursor ? data.slice(0, 30) : [];

  const take = (option: string) => {
    const completion = offered[Number(option)];
    if (!completion) return;
    const next = `${text.slice(0, completion.from)}${completion.insert} ${text.slice(completion.to).trimStart()}`;
    const at = completion.from + completion.insert.length + 1;
    setText(next);
    setCursor(at);
    combobox.resetSelectedOption();
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
  };
  const apply = () => {
    combobox.closeDropdown();
    onFilter(text.trim());
  };
  return (
    <div style={{ flex: "1 1 320px", minWidth: 240 }}>
      <Combobox store={combobox} onOptionSubmit={take}>
        <Combobox.Target>
          <TextInput
            ref={input}
            size="xs"
            aria-label="Filter"
            placeholder={`Search words, or filter: ${exampleOf[of]}`}
            value={text}
            spellCheck={false}
            autoComplete="off"
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
            error={Boolean(error) || undefined}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setCursor(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
              combobox.openDropdown();
            }}
            onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
            onClick={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            onKeyDown={(event) => {
              if (event.key === "Enter" && combobox.getSelectedOptionIndex() < 0) apply();
            }}
            rightSectionWidth={52}
            rightSection={
              <Anchor
                component="button"
                type="button"
                size="xs"
                onMouseDown={(event) => event.preventDefault()}
                onClick={apply}
              >
                Apply
              </Anchor>
            }
          />
        </Combobox.Target>
        {offered.length > 0 && (
          <Combobox.Dropdown>
            <Combobox.Options mah={260} style={{ overflowY: "auto" }}>
              {offered.map((completion, i) => (
                <Combobox.Option key={`${completion.kind} ${completion.label}`} value={String(i)}>
                  <Text span size="xs" ff="monospace">
                    {completion.label}
                  </Text>{" "}
                  <Text span size="xs" c="dimmed">
                    {completion.kind}
                  </Text>
                </Combobox.Option>
              ))}
            </Combobox.Options>
          </Combobox.Dropdown>
        )}
      </Combobox>
      {error && <FilterMistake error={error} text={filter} />}
      {!error && namesATime(text) && (
        <Text size="xs" c="dimmed" mt={2}>
          Times in a filter are UTC unless they say an offset (+01:00); the table shows them in {readersZone}.
          A day is the whole day: <Code fz="xs">&gt;</Code> begins after it, <Code fz="xs">&gt;=</Code> with
          it.
        </Text>
      )}
    </div>
  );
}

/** The filter with the place that is wrong, and why. */
function FilterMistake({ error, text }: { error: ApiError; text: string }) {
  const from = error.details?.offset ?? text.length;
  const to = from + Math.max(1, error.details?.length ?? 1);
  return (
    <Text size="xs" c="red" role="alert" mt={2} style={{ overflowWrap: "anywhere" }}>
      <Code fz="xs">
        {text.slice(0, from)}
        <mark>{text.slice(from, to) || "␣"}</mark>
        {text.slice(to)}
      </Code>{" "}
      {error.message}
    </Text>
  );
}
