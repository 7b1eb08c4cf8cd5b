import { whyNoKey } from "../history/event.js";
import { invalidParameter } from "./mlflow-error.js";
import { missing } from "./request-fields.js";

export const longestName = 256;
const longestAlias = 255;
const longestTag = 100_000;

/** @throws MlflowError INVALID_PARAMETER_VALUE */
export function checkName(name: string): void {
  if (name.trim() === "") throw missing("name");
  if (/[/:]/.test(name)) {
    throw invalidParameter(
      `Invalid model name '${name.slice(0, longestName)}'. Names cannot contain '/' or ':'.`,
    );
  }
  const isPath = name === "." || name.startsWith("..");
  if (isPath || name.length > longestName || !name.isWellFormed() || /\p{Cc}/u.test(name)) {
    throw invalidParameter(
      `Invalid value ${JSON.stringify(name.slice(0, longestName))} for parameter 'name' supplied: a name has ${longestName} characters at most, no control character, and is neither "." nor begins with ".."`,
    );
  }
}

/** @throws MlflowError INVALID_PARAMETER_VALUE */
export function checkedTags<T extends Readonly<Record<string, string>>>(tags: T): T {
  for (const [key, value] of Object.entries(tags)) {
    const reason = whyNoKey(key);
    if (reason !== undefined)
      throw invalidParameter(`Invalid tag name ${JSON.stringify(key.slice(0, 100))}: ${reason}`);
    if (value.length > longestTag) {
      throw invalidParameter(
        `the tag '${key}' has ${value.length} characters, which exceeds the maximum length of ${longestTag} characters`,
      );
    }
  }
  return tags;
}

/** @throws MlflowError INVALID_PARAMETER_VALUE */
export function checkAlias(alias: string): void {
  if (!/^[\p{L}\p{N}_-]+$/u.test(alias)) {
    throw invalidParameter(
      `Invalid alias name: '${alias.slice(0, longestAlias)}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  }
  if (alias.length > longestAlias) {
    throw invalidParameter(
      `Registered model alias name exceeds the maximum length of ${longestAlias} characters`,
    );
  }
}

/** @throws MlflowError INVALID_PARAMETER_VALUE */
export function refuseReserved(alias: string): void {
  if (alias.toLowerCase() === "latest") {
    throw invalidParameter("'latest' alias name (case insensitive) is reserved.");
  }
  if (/^v\d+$/i.test(alias)) throw invalidParameter(`Version alias name '${alias}' is reserved.`);
}

/** @throws MlflowError INVALID_PARAMETER_VALUE */
export function versionNumber(text: string): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number)) {
    throw invalidParameter(`Parameter 'version' must be an integer, got '${text.slice(0, 50)}'.`);
  }
  return number;
}
