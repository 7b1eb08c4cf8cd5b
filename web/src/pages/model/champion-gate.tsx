import { Switch } from "@mantine/core";

import { champion, gateInWords } from "./gate-in-words.js";

export interface ChampionGateProps {
  gated: readonly string[];
  isWriting: boolean;
  onGate: (gated: readonly string[]) => void;
}

/** Whether the alias `champion` goes to no version that is worse, and what that means. */
export function ChampionGate({ gated, isWriting, onGate }: ChampionGateProps) {
  const isOn = gated.includes(champion);
  return (
    <Switch
      label="Gate of champion"
      description={gateInWords(gated)}
      checked={isOn}
      disabled={isWriting}
      onChange={() => onGate(isOn ? gated.filter((alias) => alias !== champion) : [...gated, champion])}
    />
  );
}
