import { Tooltip, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";

import { DefinitionsOfName } from "./definitions-of-name.js";
import classes from "./score-name.module.css";

export interface ScoreNameProps {
  /** As the API has it; one that a project added is `added.NAME`. */
  name: string;
  title: string;
  /** What it means, as a tooltip. */
  meaning: string;
  children: ReactNode;
}

/** A score's name: what it means, and, when it is clicked, what other programs compute under that name. */
export function ScoreName({ name, title, meaning, children }: ScoreNameProps) {
  const [isOpen, setOpen] = useState(false);
  const isAdded = name.startsWith("added.");
  return (
    <>
      <Tooltip
        label={isAdded ? meaning : `${meaning} Click: other programs' numbers of this name.`}
        multiline
        w={280}
        events={{ hover: true, focus: true, touch: true }}
      >
        {isAdded ? (
          <span tabIndex={0}>{children}</span>
        ) : (
          <UnstyledButton
            className={classes.name}
            onClick={(event) => {
              event.stopPropagation();
              setOpen(true);
            }}
          >
            {children}
          </UnstyledButton>
        )}
      </Tooltip>
      {isOpen && <DefinitionsOfName name={name} title={title} onClose={() => setOpen(false)} />}
    </>
  );
}
