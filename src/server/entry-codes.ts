import { randomBytes } from "node:crypto";

/** Codes that let a browser in once, in place of the token: other users see what a program is started with. */
export interface EntryCodes {
  /** A new code, good for a minute. */
  make(): string;
  /** Whether a code is good; from then on it is not. */
  take(code: string): boolean;
}

const goodFor = 60_000;

/** @param now milliseconds that only grow */
export function entryCodes(now: () => number = () => performance.now()): EntryCodes {
  const until = new Map<string, number>();
  return {
    make() {
      const code = randomBytes(18).toString("base64url");
      until.set(code, now() + goodFor);
      return code;
    },
    take(code) {
      const end = until.get(code);
      until.delete(code);
      return end !== undefined && now() < end;
    },
  };
}
