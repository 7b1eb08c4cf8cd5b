import { pythonEnvironment } from "../../scripts/python-environment.js";
import { projectRoot } from "./built-package.js";

/**
 * The Python that has ClickHouse, as chdb, installed once from PyPI without the data frames that it can do
 * with; or why there is none.
 */
export function clickHousePython(): { python: string } | { missing: string } {
  return pythonEnvironment(projectRoot, "tests/warehouse/requirements-clickhouse.txt", { complete: true });
}
