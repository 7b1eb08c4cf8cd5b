import { createHash, timingSafeEqual } from "node:crypto";

/** Whether a text is the token, in a time that says nothing of how much of it is right. */
export function isToken(given: string | undefined, token: string): boolean {
  if (given === undefined) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
