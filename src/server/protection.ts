import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { type HostNames, isAllowedHost, isAllowedOrigin } from "./allowed-hosts.js";
import { upFrom } from "./base-path.js";
import type { EntryCodes } from "./entry-codes.js";
import { failure } from "./failure.js";
import { isToken } from "./is-token.js";
import { tokenPage, tokenPath, typedToken } from "./token-page.js";
import { addressedAs, type TrustedProxies } from "./trusted-proxies.js";
import { isWritePath } from "./write-paths.js";

/** What @hono/node-server tells of a request; missing where a test asks the app itself. */
interface ServerEnvironment {
  Bindings: { incoming?: { socket: { remoteAddress?: string } } };
}

export interface Protection {
  hosts: HostNames;
  proxies: TrustedProxies;
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
const tokenCookie = (port: number | undefined) => `ml_tracking_token_${port ?? "socket"}`;

/**
 * Refuses what a page of another site could make a browser send to a local server: another Host (DNS
 * rebinding), a foreign Origin, a cross-site request for data, a POST that a form could send; and everyone
 * without the token where there is one.
 */
export function protect({
  hosts,
  proxies,
  token,
  entry,
  readOnly,
}: Protection): MiddlewareHandler<ServerEnvironment> {
  return async (context, next) => {
    const sender = context.env?.incoming?.socket.remoteAddress;
    const { host, isSecure } = addressedAs((name) => context.req.header(name), sender, proxies);
    if (host === undefined || !isAllowedHost(host, hosts)) {
      return failure(context, "FORBIDDEN", strangeHost(host, hosts));
    }
    const origin = context.req.header("origin");
    const site = context.req.header("sec-fetch-site");
    if (origin !== undefined && !isAllowedOrigin(origin, host, hosts, site === "same-origin")) {
      return failure(
        context,
        "FORBIDDEN",
        `requests from ${JSON.stringify(origin.slice(0, 200))} are refused; open this server's own page, or, where that is its address behind a proxy, start it with --allowed-host and its name`,
      );
    }
    const isPage =
      context.req.header("sec-fetch-mode") === "navigate" && !context.req.path.startsWith("/api");
    if (site !== undefined && site !== "same-origin" && site !== "none" && !isPage) {
      return failure(
        context,
        "FORBIDDEN",
        "requests from other sites are refused; open this server's own page",
      );
    }
    if (token !== undefined && context.req.method === "POST" && context.req.path === tokenPath) {
      const cookie = { name: tokenCookie(hosts.port), isSecure };
      // A page of another site may lead here, but not send a form.
      if (site === undefined || site === "same-origin") return takeTyped(context, token, cookie);
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
      const refused = checkToken(context, token, { name: tokenCookie(hosts.port), isSecure }, entry);
      if (refused) return refused;
    }
    await next();
    return undefined;
  };
}

function strangeHost(host: string | undefined, { own, port }: HostNames): string {
  const shown = JSON.stringify((host ?? "").slice(0, 200));
  const name = /^[\w.:[\]-]{1,200}$/.test(host ?? "") ? host : "NAME";
  return `this server does not answer for the host ${shown}; open it at http://${own[0]}:${port}, or, where it is reached through a proxy under that name, start it with --allowed-host ${name}`;
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
function checkToken(
  context: Context,
  token: string,
  cookie: TokenCookie,
  entry: EntryCodes,
): Response | Promise<Response> | undefined {
  const url = new URL(context.req.url);
  const code = url.searchParams.get("entry");
  const isLetIn = code !== null && entry.take(code);
  if (isLetIn || isToken(url.searchParams.get("token") ?? undefined, token)) {
    return enter(context, url, token, cookie);
  }
  const bearer = /^Bearer (.+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  if (isToken(bearer, token) || isToken(getCookie(context, cookie.name), token)) return undefined;
  if (context.req.header("accept")?.includes("text/html") && !context.req.path.startsWith("/api")) {
    for (const secret of secrets) url.searchParams.delete(secret);
    return tokenPage(context, url.pathname === tokenPath ? "/" : `${url.pathname}${url.search}`, false);
  }
  return failure(
    context,
    "FORBIDDEN",
    "this server asks for its token; open the address with ?token=... that it printed when it started, or any page of it, and type the token in",
    { status: 401 },
  );
}

const secrets = ["token", "entry"];

interface TokenCookie {
  name: string;
  isSecure: boolean;
}

/** Lets in who typed the token, and leads to the page that was asked for. */
async function takeTyped(context: Context, token: string, cookie: TokenCookie): Promise<Response> {
  const typed = await typedToken(context);
  if (typed === undefined) {
    return failure(context, "INVALID_ARGUMENT", "the token is sent as a form: open a page of this server");
  }
  if (![typed.token, typed.token.trim()].some((text) => isToken(text, token)))
    return tokenPage(context, typed.page, true);
  setTokenCookie(context, token, cookie);
  return context.redirect(belowHere(typed.page), 303);
}

/** A cookie without a path is sent to where it was set and below, so not to what others serve on the same host. */
function setTokenCookie(context: Context, token: string, { name, isSecure }: TokenCookie): void {
  // Lax, not Strict: a link that a colleague sent is followed from another site.
  setCookie(context, name, token, { httpOnly: true, sameSite: "Lax", path: "", secure: isSecure });
}

/** A page as an address relative to the top of the dashboard, without line breaks or what else no header can hold. */
function belowHere(page: string): string {
  const below = page.replace(/^[/\\.]+/, "");
  if (!URL.canParse(below, "http://dashboard/")) return "./";
  const { pathname, search } = new URL(below, "http://dashboard/");
  return `.${pathname}${search}`;
}

/**
 * Sets the cookie at the top of the dashboard and goes on to the page, by relative addresses alone: only the
 * browser knows under which path a proxy shows this server.
 */
function enter(context: Context, url: URL, token: string, cookie: TokenCookie): Response {
  const up = upFrom(url.pathname);
  if (up !== "./") {
    const rest = new URLSearchParams(url.search);
    for (const secret of secrets) rest.delete(secret);
    const page = `${url.pathname.slice(1)}${rest.size > 0 ? `?${rest.toString()}` : ""}`;
    return context.redirect(`${up}?${new URLSearchParams({ token, page }).toString()}`, 302);
  }
  setTokenCookie(context, token, cookie);
  const page = url.searchParams.get("page");
  if (page !== null) return context.redirect(belowHere(page), 302);
  for (const secret of secrets) url.searchParams.delete(secret);
  return context.redirect(`./${url.pathname.slice(1)}${url.search}`, 302);
}
