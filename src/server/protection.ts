import { createHash, timingSafeEqual } from "node:crypto";

import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";

import type { EntryCodes } from "./entry-codes.js";
import { failure } from "./failure.js";
import { isWritePath } from "./write-paths.js";

export interface Protection {
  /** The names under which this server may be asked for, without port: `localhost`, `127.0.0.1`, `[::1]`. */
  hosts: readonly string[];
  port: number;
  /**
   * Asked of everyone, where there is one: a port can be reached by every user of this machine, or from
   * others.
   */
  token: string | undefined;
  /** What lets a browser in once, in place of the token. */
  entry: EntryCodes;
  /** Refuses whatever would write. */
  readOnly: boolean;
}

/** Cookies know no ports, and each server on this machine has a token of its own. */
const tokenCookie = (port: number) => `ml_tracking_token_${port}`;

/**
 * Refuses what a page of another site could make a browser send to a local server: another Host (DNS
 * rebinding), a foreign Origin, a cross-site request for data, a POST that a form could send; and everyone
 * without the token where there is one.
 */
export function protect({ hosts, port, token, entry, readOnly }: Protection): MiddlewareHandler {
  const allowedHosts = new Set(hosts.flatMap((host) => [host, `${host}:${port}`]));
  const allowedOrigins = new Set(
    hosts.flatMap((host) => [`http://${host}:${port}`, ...(port === 80 ? [`http://${host}`] : [])]),
  );
  return async (context, next) => {
    const host = context.req.header("host");
    if (host === undefined || !allowedHosts.has(host.toLowerCase())) {
      return failure(
        context,
        "FORBIDDEN",
        `this server does not answer for the host ${JSON.stringify(host ?? "")}; open it at http://${hosts[0]}:${port}`,
      );
    }
    const origin = context.req.header("origin");
    if (origin !== undefined && !allowedOrigins.has(origin.toLowerCase())) {
      return failure(
        context,
        "FORBIDDEN",
        `requests from ${JSON.stringify(origin.slice(0, 200))} are refused; open this server's own page`,
      );
    }
    const site = context.req.header("sec-fetch-site");
    const isPage =
      context.req.header("sec-fetch-mode") === "navigate" && !context.req.path.startsWith("/api");
    if (site !== undefined && site !== "same-origin" && site !== "none" && !isPage) {
      return failure(
        context,
        "FORBIDDEN",
        "requests from other sites are refused; open this server's own page",
      );
    }
    const isWrite = context.req.method === "POST" && isWritePath(context.req.path);
    if (!isWrite && !["GET", "HEAD"].includes(context.req.method)) {
      return failure(
        context,
        "METHOD_NOT_ALLOWED",
        `${context.req.method} is not understood here, which only reads; /api/openapi.json lists what takes a POST`,
      );
    }
    if (isWrite) {
      const refused = checkWrite(context, readOnly);
      if (refused) return refused;
    }
    if (token !== undefined) {
      const refused = checkToken(context, token, port, entry);
      if (refused) return refused;
    }
    await next();
    return undefined;
  };
}

/** Only a script of this server's own page, or a program, sends JSON here without being asked beforehand. */
function checkWrite(context: Context, readOnly: boolean): Response | undefined {
  if (readOnly) {
    return failure(context, "FORBIDDEN", "this dashboard only reads: it was started with --read-only");
  }
  if (context.req.header("sec-fetch-site") === "none") {
    return failure(context, "FORBIDDEN", "only this server's own page may write; open it");
  }
  const type = context.req.header("content-type") ?? "";
  if (/^application\/json(\s*;|$)/i.test(type)) return undefined;
  return failure(
    context,
    "INVALID_ARGUMENT",
    `the content type is ${JSON.stringify(type.slice(0, 100))}; send JSON, as application/json`,
  );
}

/**
 * By `Authorization: Bearer`, by the cookie, or once by `?token=` or a code in `?entry=`, which sets the cookie
 * and goes from the address.
 */
function checkToken(context: Context, token: string, port: number, entry: EntryCodes): Response | undefined {
  const url = new URL(context.req.url);
  const code = url.searchParams.get("entry");
  const isLetIn = code !== null && entry.take(code);
  if (isLetIn || isEqual(url.searchParams.get("token") ?? undefined, token)) {
    // Lax, not Strict: a link that a colleague sent is followed from another site.
    setCookie(context, tokenCookie(port), token, { httpOnly: true, sameSite: "Lax", path: "/" });
    url.searchParams.delete("token");
    url.searchParams.delete("entry");
    // Two slashes at the start would lead to another host.
    return context.redirect(`/${url.pathname.replace(/^\/+/, "")}${url.search}`, 302);
  }
  const bearer = /^Bearer (.+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  if (isEqual(bearer, token) || isEqual(getCookie(context, tokenCookie(port)), token)) return undefined;
  const message =
    "this server asks for its token; open the address with ?token=... that it printed when it started";
  const isPage = context.req.header("accept")?.includes("text/html") && !context.req.path.startsWith("/api");
  return isPage
    ? context.html(`<!doctype html><title>ml-tracking</title><h1>Token needed</h1><p>${message}.</p>`, 401)
    : failure(context, "FORBIDDEN", message, { status: 401 });
}

function isEqual(given: string | undefined, token: string): boolean {
  if (given === undefined) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
