import type { MiddlewareHandler } from "hono";

import { TrackingError } from "../tracking-error.js";

/**
 * What every answer says: nothing from elsewhere runs or is framed, nothing is guessed to be a script,
 * nothing is kept.
 */
export const securityHeaders = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Content-Security-Policy": contentSecurityPolicy(),
  "Cache-Control": "no-store",
};

/** Adds what the answer does not say itself. */
export function addSecurityHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { headers } = context.res;
    for (const [name, value] of Object.entries(securityHeaders)) {
      if (!headers.has(name)) headers.set(name, value);
    }
  };
}

/** What a page may load, and who may show it. */
export function contentSecurityPolicy({
  nonce,
  isForm = false,
  embedIn = [],
}: {
  /** Lets the page's own style element, which the component library fills, through. */
  nonce?: string;
  /** Whether the page is a form that this server takes, with a script element of its own. */
  isForm?: boolean;
  /** Origins whose pages may show this one inside of theirs, beside its own. */
  embedIn?: readonly string[];
} = {}): string {
  return [
    "default-src 'self'",
    ...(isForm ? [`script-src 'nonce-${nonce}'`] : []),
    `style-src 'self'${nonce === undefined ? "" : ` 'nonce-${nonce}'`}`,
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'self'",
    `form-action ${isForm ? "'self'" : "'none'"}`,
    `frame-ancestors ${["'self'", ...embedIn].join(" ")}`,
  ].join("; ");
}

/**
 * What `--embed-in` names.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function readOrigins(given: readonly string[]): readonly string[] {
  for (const origin of given) {
    if (/^https?:\/\/(?:\[[0-9a-f:]+\]|[\w-]+(?:\.[\w-]+)*)(?::(?:\d{1,5}|\*))?$/i.test(origin)) continue;
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--embed-in is ${JSON.stringify(origin)}; give the origin of the page, such as http://localhost:8888, or http://localhost:* for any port`,
    );
  }
  return given;
}
