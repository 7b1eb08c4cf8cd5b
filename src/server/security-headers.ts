import type { MiddlewareHandler } from "hono";

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

/** @param nonce lets the page's own style element, which the component library fills, through */
export function contentSecurityPolicy(nonce?: string): string {
  return [
    "default-src 'self'",
    `style-src 'self'${nonce === undefined ? "" : ` 'nonce-${nonce}'`}`,
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
