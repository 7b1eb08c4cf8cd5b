import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { sendJson } from "../../api/send-json.js";
import type { ChangeModel, ChangeModelVersion, SetAlias } from "../../api/types.js";
import { useIsThere } from "../../components/use-is-there.js";

export interface ChangeOfModel {
  /** Each says whether it was written, and the page is still there. */
  change: (said: ChangeModel) => Promise<boolean>;
  changeVersion: (version: number, said: ChangeModelVersion) => Promise<boolean>;
  setAlias: (said: SetAlias) => Promise<boolean>;
  /** What is being written. */
  isWriting: boolean;
  /** Why the last change was refused: the gate's sentence is long, and stays until it was read. */
  refusal: string | undefined;
  forgetRefusal: () => void;
}

/** Says something of a registered model, for everybody; the page shows it at once. */
export function useChangeModel(name: string): ChangeOfModel {
  const client = useQueryClient();
  const isThere = useIsThere();
  const [refusal, setRefusal] = useState<string>();
  const [writing, setWriting] = useState(0);
  const write = async (send: () => Promise<unknown>): Promise<boolean> => {
    setRefusal(undefined);
    setWriting((count) => count + 1);
    try {
      await send();
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setWriting((count) => count - 1);
    }
    void client.invalidateQueries({ queryKey: ["store"] });
    return isThere.current;
  };
  return {
    change: (said) => write(() => sendJson("/api/models/{name}", { name }, said)),
    changeVersion: (version, said) =>
      write(() =>
        sendJson("/api/models/{name}/versions/{version}", { name, version: String(version) }, said),
      ),
    setAlias: (said) => write(() => sendJson("/api/models/{name}/aliases", { name }, said)),
    isWriting: writing > 0,
    refusal,
    forgetRefusal: () => setRefusal(undefined),
  };
}
