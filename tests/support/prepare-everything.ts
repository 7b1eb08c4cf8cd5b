import { pythonEnvironment } from "../../scripts/python-environment.js";
import { projectRoot } from "./built-package.js";
import { clickHousePython } from "./clickhouse.js";
import { gcsServer } from "./gcs-server.js";
import { googleSql } from "./googlesql.js";
import { librariesPython } from "./installed-wheel.js";
import { mlflowEnvironment } from "./mlflow.js";
import { s3Server } from "./s3-server.js";

/**
 * Where every test must run, what they install is installed before the first one begins, one after the other:
 * a test that has to wait for that itself is too late. Elsewhere each is installed when a test asks for it.
 */
export async function setup(): Promise<void> {
  if (!process.env["ML_TRACKING_TEST_ALL"]) return;
  await gcsServer();
  await s3Server();
  await googleSql();
  clickHousePython();
  pythonEnvironment(projectRoot, "tests/engines/requirements.txt");
  librariesPython();
  mlflowEnvironment(3);
  mlflowEnvironment(2);
}
