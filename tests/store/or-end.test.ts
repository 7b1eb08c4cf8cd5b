import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";

import { orEnd } from "../../src/store/or-end.js";

describe("waiting for a promise or a signal", () => {
  it("has one listener however much waits, and none afterwards", async () => {
    const { signal } = new AbortController();
    const finish: (() => void)[] = [];
    const all = Array.from({ length: 40 }, () =>
      orEnd(signal, new Promise<void>((resolve) => void finish.push(resolve))),
    );
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    for (const each of finish) each();
    await Promise.all(all);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("ends all that waits with the signal's reason, and what comes later", async () => {
    const controller = new AbortController();
    const never = new Promise<void>(() => {});
    const all = [orEnd(controller.signal, never), orEnd(controller.signal, never)];
    const reason = new Error("enough");
    controller.abort(reason);
    for (const each of all) await expect(each).rejects.toBe(reason);
    await expect(orEnd(controller.signal, never)).rejects.toBe(reason);
    await expect(orEnd(undefined, Promise.resolve(1))).resolves.toBe(1);
  });
});
