export { sliceComparisonSchema, sliceReportSchema } from "../judge/slices/slice-schema.js";
