import type { IncomingMessage } from "node:http";
import { isAllowedHost, isAllowedOrigin } from "../allowed-hosts.js";
import { isToken } from "../is-token.js";
import type { Protection } from "../protection.js";
import { addressedAs } from "../trusted-proxies.js";

/** A refusal in the words that MLflow's own server has for it. */
export interface Refusal {
  status: 401 | 403;
  /** Plain text, or the message of a JSON error. */
  text: string;
  isJson: boolean;
}

type Gate = Pick<Protection, "hosts" | "proxies" | "token" | "readOnly">;

/** Why a request is not let in: another Host, a foreign Origin, no token, a write where all is read only. */
export function whyNotAdmitted(
  request: Pick<IncomingMessage, "headers" | "method" | "socket">,
  { hosts, proxies, token, readOnly }: Gate,
  { isWrite }: { isWrite: boolean },
): Refusal | undefined {
  const header = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const { host } = addressedAs(header, request.socket.remoteAddress, proxies);
  if (host === undefined || !isAllowedHost(host, hosts)) {
    return forbidden("Invalid Host header - possible DNS rebinding attack detected");
  }
  const site = header("sec-fetch-site");
  const origin = header("origin");
  const isForeign = origin !== undefined && !isAllowedOrigin(origin, host, hosts, site === "same-origin");
  if (isForeign || (site !== undefined && site !== "same-origin" && site !== "none")) {
    return forbidden("Cross-origin request blocked");
  }
  const said = header("authorization");
  if (token !== undefined && !knows(said, token)) {
    const sent = said === undefined ? "" : ", which is not what was sent";
    return {
      status: 401,
      text: `this server asks for its token${sent}: set MLFLOW_TRACKING_TOKEN to it, or MLFLOW_TRACKING_PASSWORD with any user name`,
      isJson: true,
    };
  }
  if (readOnly && isWrite) {
    return { status: 403, text: "this server only reads: it was started with --read-only", isJson: true };
  }
  return undefined;
}

function forbidden(text: string): Refusal {
  return { status: 403, text, isJson: false };
}

/** By `Bearer`, or by `Basic` with any name and the token as password. */
function knows(authorization: string | undefined, token: string): boolean {
  const [, scheme, given] = /^(Bearer|Basic) (.+)$/i.exec(authorization ?? "") ?? [];
  if (scheme === undefined || given === undefined) return false;
  if (scheme.toLowerCase() === "bearer") return isToken(given, token);
  const pair = Buffer.from(given, "base64").toString("utf8");
  return isToken(pair.slice(pair.indexOf(":") + 1), token);
}
