import { experimentTitle } from "../experiment/experiment-title.js";
import { differenceSection } from "./difference-section.js";
import { parametersSection } from "./parameters-section.js";
import { provenanceSection } from "./provenance-section.js";
import type { ReportContent, ReportDocument, ReportSection } from "./report-content.js";
import { scoresSection } from "./scores-section.js";
import { slicesSection } from "./slices-section.js";

/** What a report says, in the order in which it is read: the verdict, then what says so. */
export function reportDocument(content: ReportContent): ReportDocument {
  const { records, comparison } = content;
  const [a, b] = records.map(({ name, predictionId }) => experimentTitle(name, predictionId));
  return {
    title: `Is ${b} better than ${a}?`,
    verdict: comparison.verdict,
    lead: [
      comparison.summary,
      ...(comparison.margin ? [comparison.margin.summary] : []),
      `${comparison.effect}.`,
    ],
    sections: [
      comparedSection(content),
      scoresSection(content),
      differenceSection(content),
      slicesSection(content),
      parametersSection(records),
      provenanceSection(content),
    ],
  };
}

function comparedSection({ records, comparison }: ReportContent): ReportSection {
  const { n, same_test_set: isSame, a, b, warnings, weighted } = comparison;
  const samples = `${n.toLocaleString("en")} samples`;
  const which = isSame
    ? `${samples}, the same test set.`
    : `${samples} that both have; A was evaluated on ${a.samples.toLocaleString("en")}, B on ${b.samples.toLocaleString("en")}.`;
  return {
    title: "What is compared",
    parts: [
      {
        part: "table",
        columns: [
          { title: "" },
          { title: "Name" },
          { title: "Prediction id" },
          { title: "Model" },
          { title: "Project" },
        ],
        rows: records.map(({ name, predictionId, model, project }, i) => [
          "AB"[i]!,
          experimentTitle(name, predictionId),
          predictionId,
          model,
          project,
        ]),
      },
      { part: "text", text: which },
      ...(weighted === null
        ? []
        : [
            {
              part: "text",
              text: `The scores are ${weighted}; pictures, tables of counts, and scores of the project that do not say sample_weight are not.`,
            } as const,
          ]),
      ...warnings.map((warning) => ({ part: "warning", text: `${warning}.` }) as const),
    ],
  };
}
