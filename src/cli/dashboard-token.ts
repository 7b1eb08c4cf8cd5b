import { readFile } from "node:fs/promises";

import { messageOf, TrackingError } from "../tracking-error.js";

export interface TokenFlags {
  /** False for --no-token. */
  token?: string | false;
  tokenFile?: string;
}

/**
 * What everyone must know who asks a server: the flag's, the file's or the environment's.
 * @param otherwise where none is given: a new one, or undefined for none
 * @returns undefined for --no-token
 * @throws TrackingError INVALID_ARGUMENT
 */
export async function dashboardToken(
  { token, tokenFile }: TokenFlags,
  otherwise: "random" | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  if (token !== undefined && tokenFile !== undefined) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${token === false ? "--no-token" : "--token"} and --token-file contradict each other; give one of them`,
    );
  }
  if (token === false) return undefined;
  if (tokenFile !== undefined) return tokenIn(tokenFile);
  return token ?? (environment["ML_TRACKING_TOKEN"] || otherwise);
}

async function tokenIn(file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new TrackingError("INVALID_ARGUMENT", `--token-file: cannot read ${file} (${messageOf(cause)})`, {
      cause,
    });
  }
  const token = text.trim();
  if (token !== "" && !/\s/.test(token)) return token;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `--token-file: ${file} holds ${token === "" ? "nothing" : "more than one word"}; write the token into it, and nothing else`,
  );
}
