import type { RunsDesign } from "../../judge/runs/runs-schema.js";
import type { StoreFlags } from "../define-command.js";
import type { MarginFlags } from "../margin-gate.js";

export interface CompareFlags extends StoreFlags, MarginFlags {
  project?: string;
  score?: string;
  level: string;
  seed: string;
  alone?: boolean;
  onSharedSamples?: boolean;
  failIfWorse?: boolean;
  runs?: string;
  with?: string[];
  as?: RunsDesign;
  group?: string;
  order?: string;
  picture?: string;
  output?: string;
}
