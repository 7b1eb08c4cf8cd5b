import { Option } from "commander";

export const projectFlag = new Option(
  "--project <name>",
  "where they are (default: looked for in every project)",
);
