import type { Bodies, PathNames } from "./answers.js";
import { apiAddress, readAnswer } from "./fetch-json.js";

/** Has something written down in the store.
 *  @throws ApiError where the server refuses, TypeError where it does not answer */
export async function sendJson<Path extends keyof Bodies>(
  path: Path,
  names: PathNames<Path>,
  body: Bodies[Path]["takes"],
): Promise<Bodies[Path]["gives"]> {
  const response = await fetch(apiAddress(path, names), {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return readAnswer(response);
}
