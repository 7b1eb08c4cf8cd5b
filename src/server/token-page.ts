import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { html } from "hono/html";

import { upFrom } from "./base-path.js";
import { contentSecurityPolicy } from "./security-headers.js";

/** Where the form sends what was typed. */
export const tokenPath = "/token";
/** No token is as long; bytes. */
const largestForm = 8_192;

/** The page to which a browser comes that has no token: a field to type it in. */
export function tokenPage(context: Context, page: string, isWrong: boolean): Response | Promise<Response> {
  const nonce = randomBytes(16).toString("base64");
  context.header("Content-Security-Policy", contentSecurityPolicy({ nonce, isForm: true }));
  // With no-referrer the browser would not say from which origin the form comes, and it would be refused.
  context.header("Referrer-Policy", "same-origin");
  const action = `${upFrom(context.req.path)}${tokenPath.slice(1)}`;
  return context.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Token needed · ml-tracking</title>
          <style nonce="${nonce}">
            :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
            body { margin: 0; background: light-dark(#ffffff, #242424); color: light-dark(#000000, #d0d0d0); }
            main { max-width: 26rem; margin: 12vh auto 0; padding: 0 1rem; line-height: 1.5; }
            h1 { font-size: 1.4rem; }
            label { display: block; font-weight: 600; }
            input, button { font: inherit; padding: 0.45rem 0.7rem; border-radius: 4px; }
            input { box-sizing: border-box; width: 100%; border: 1px solid #868e96; margin: 0.2rem 0 0.8rem; }
            button { border: 0; background: #1864ab; color: white; font-weight: 600; cursor: pointer; }
            .wrong { color: light-dark(#c92a2a, #ffa8a8); }
          </style>
        </head>
        <body>
          <main>
            <h1>Token needed</h1>
            <p>
              This server asks for its token. It printed the token when it started, or read it from a file or an
              environment variable that whoever runs it knows.
            </p>
            <form method="post" action="${action}">
              <input type="hidden" name="page" value="${page}" />
              <label for="token">Token</label>
              <input
                id="token"
                name="token"
                type="password"
                autocomplete="current-password"
                required
                autofocus
                ${isWrong ? html`aria-invalid="true" aria-describedby="wrong"` : ""}
              />
              ${isWrong ? html`<p class="wrong" id="wrong" role="alert">That is not this server's token.</p>` : ""}
              <button type="submit">Open</button>
            </form>
          </main>
          <script nonce="${nonce}">
            document.querySelector("form").action += location.hash; // what a link names, such as #/experiments/1
          </script>
        </body>
      </html>`,
    401,
  );
}

/** What was typed, and the page that was asked for; undefined where the request is no such form. */
export async function typedToken(context: Context): Promise<{ token: string; page: string } | undefined> {
  const type = context.req.header("content-type") ?? "";
  const length = context.req.header("content-length") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return undefined;
  if (!/^\d{1,6}$/.test(length) || Number(length) > largestForm) return undefined;
  const form = new URLSearchParams(await context.req.text());
  return { token: form.get("token") ?? "", page: form.get("page") ?? "/" };
}
