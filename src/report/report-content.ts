import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import type { JudgedPair } from "../judge/judge-pair.js";

/** What a report of two experiments says, before it is written in a format. */
export interface ReportContent extends JudgedPair {
  records: readonly [AnnotatedRecord, AnnotatedRecord];
}

/** A part of a report, whatever the format. */
export interface ReportSection {
  title: string;
  parts: readonly ReportPart[];
}

export type ReportPart =
  | { part: "text"; text: string }
  /** Something to beware of. */
  | { part: "warning"; text: string }
  | { part: "table"; columns: readonly ReportColumn[]; rows: readonly (readonly string[])[] }
  | {
      part: "pictures";
      /** Complete SVG elements, whose texts are escaped. */
      pictures: readonly { caption: string; svg: string }[];
      /** Whether both experiments are in each picture, in colours that need a key. */
      legend?: boolean;
      /** What says the same where no picture can be shown. */
      otherwise: readonly ReportPart[];
    };

export interface ReportColumn {
  title: string;
  align?: "right";
}

/** A report, ready to be written. */
export interface ReportDocument {
  title: string;
  verdict: JudgedPair["comparison"]["verdict"];
  /** The verdict in words, and what else is said of the pair at the top. */
  lead: readonly string[];
  sections: readonly ReportSection[];
}
