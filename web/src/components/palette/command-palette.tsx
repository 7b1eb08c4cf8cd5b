import { Modal, Text, TextInput, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useState } from "react";

import { foundExperimentsQuery, foundRunsQuery, projectsQuery, viewsQuery } from "../../api/queries.js";
import { searchOfView } from "../view-search.js";
import classes from "./command-palette.module.css";
import { type PaletteItem, type PaletteTarget, paletteItems } from "./palette-items.js";

export interface CommandPaletteProps {
  /** The project that is looked at. */
  project: string | undefined;
  onClose: () => void;
  /** Shows the keyboard help instead. */
  onKeys: () => void;
}

/** Goes to any project, experiment, run or page by words of its name. */
export default function CommandPalette({ project, onClose, onKeys }: CommandPaletteProps) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const { items, isSearching } = usePaletteItems(text, project);
  const go = useGo({ onClose, onKeys });
  const list = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const move = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (move !== 0 && items.length > 0) setChosen((chosen + move + items.length) % items.length);
    else if (event.key === "Enter" && items[chosen]) go(items[chosen].target);
    else return;
    event.preventDefault();
  };
  return (
    <Modal.Root
      zIndex={400} // above menus and popovers that were open
      opened
      onClose={onClose}
      size="lg"
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
      lockScroll={false}
    >
      <Modal.Overlay />
      <Modal.Content aria-label="Go to">
        <TextInput
          data-autofocus
          size="md"
          variant="unstyled"
          px="md"
          role="combobox"
          aria-label="Go to a project, experiment, run or page"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={items[chosen] ? `${list}-${chosen}` : undefined}
          placeholder="A project, an experiment or run by name or id, a page …"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div id={list} role="listbox" aria-label="Places" className={classes.list}>
          {items.map((item, i) => (
            <Item
              key={item.key}
              id={`${list}-${i}`}
              item={item}
              isChosen={i === chosen}
              onPoint={() => setChosen(i)}
              onTake={() => go(item.target)}
            />
          ))}
        </div>
        {items.length === 0 && (
          <Text size="sm" c="dimmed" p="md" aria-live="polite">
            {isSearching ? "Searching …" : `Nothing is called “${text}”.`}
          </Text>
        )}
      </Modal.Content>
    </Modal.Root>
  );
}

interface ItemProps {
  id: string;
  item: PaletteItem;
  isChosen: boolean;
  onPoint: () => void;
  onTake: () => void;
}

/** The keyboard stays in the field above, which says which of them is chosen. */
function Item({ id, item: { label, detail }, isChosen, onPoint, onTake }: ItemProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      className={classes.item}
      ref={(element) => {
        if (isChosen) element?.scrollIntoView({ block: "nearest" });
      }}
      onMouseMove={onPoint}
      onClick={onTake}
      onKeyDown={(event) => {
        if (event.key === "Enter") onTake();
      }}
    >
      <span className={classes.label}>{label}</span>
      <span className={classes.detail}>{detail}</span>
    </div>
  );
}

function usePaletteItems(text: string, project: string | undefined) {
  const [asked] = useDebouncedValue(text.trim(), 120);
  const projects = useQuery(projectsQuery());
  const found = useQuery({ ...foundExperimentsQuery(asked, project), enabled: asked !== "" });
  const foundRuns = useQuery({ ...foundRunsQuery(asked, project), enabled: asked !== "" });
  const experiments = asked === "" ? [] : (found.data ?? []);
  const runs = asked === "" ? [] : (foundRuns.data ?? []);
  const views = useQuery({ ...viewsQuery(project ?? ""), enabled: project !== undefined });
  const named = (views.data?.views ?? []).map(({ name, state }) => ({
    name,
    search: searchOfView(name, state),
  }));
  const isSearching = found.isFetching || foundRuns.isFetching || asked !== text.trim();
  return {
    items: paletteItems(text, project, projects.data?.projects ?? [], { experiments, runs }, named),
    isSearching,
  };
}

function useGo({ onClose, onKeys }: Pick<CommandPaletteProps, "onClose" | "onKeys">) {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  return (target: PaletteTarget) => {
    if (target === "keys") {
      onKeys();
      return;
    }
    onClose();
    if (target === "colours") setColorScheme(scheme === "dark" ? "light" : "dark");
    else if (target.to === "/experiments/$id") void navigate({ to: target.to, params: { id: target.id } });
    else if (target.to === "/runs/$run") void navigate({ to: target.to, params: { run: target.id } });
    else if (target.to === "/" || target.to === "/models" || target.to === "/trash")
      void navigate({ to: target.to });
    else {
      const search = "search" in target ? target.search : {};
      void navigate({ to: target.to, params: { project: target.project }, search });
    }
  };
}
