import { TextInput } from "@mantine/core";
import { useState } from "react";

import { marginOf } from "./margin-of.js";

export interface MarginFieldProps {
  /** As the address has it. */
  margin: string | undefined;
  onMargin: (margin: string | undefined) => void;
  size?: "xs" | "sm";
}

/**
 * The difference that matters to the reader, in the score's unit; taken when the field is left, or by Enter.
 */
export function MarginField({ margin = "", onMargin, size = "sm" }: MarginFieldProps) {
  const [text, setText] = useState(margin);
  const [shown, setShown] = useState(margin);
  if (shown !== margin) {
    // The address changed by another way: back, or another score.
    setShown(margin);
    setText(margin);
  }
  const isWrong = text.trim() !== "" && marginOf(text) === undefined;
  const take = () => {
    if (!isWrong && text.trim() !== margin) onMargin(marginOf(text));
  };
  return (
    <TextInput
      label="Margin"
      placeholder="a difference that matters"
      inputMode="decimal"
      size={size}
      w={200}
      value={text}
      error={isWrong ? "A number from 0, in the score's unit" : undefined}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
      }}
    />
  );
}
