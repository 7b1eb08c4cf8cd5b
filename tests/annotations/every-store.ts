import { type TestContext, vi } from "vitest";

import { openStore } from "../../src/store/open-store.js";
import type { Store } from "../../src/store/store.js";
import { type BucketServer, bucketServers } from "../support/bucket-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** A place to keep experiments in: makes a new store there, whose address is then good for this test. */
export interface Place {
  name: string;
  newStore: (context: TestContext) => Promise<Store>;
}

/** A folder, and a bucket of each kind. */
export const everyPlace: readonly Place[] = [
  { name: "a folder", newStore: async () => openStore(await temporaryFolder()) },
  ...bucketServers.map(({ name, start }): Place => {
    let starting: Promise<BucketServer> | undefined;
    return {
      name: `a bucket of ${name}`,
      async newStore(context) {
        starting ??= start(context);
        const server = await starting;
        for (const [variable, value] of Object.entries(server.variables)) vi.stubEnv(variable, value);
        return openStore(`${await server.newBucket()}/team a`);
      },
    };
  }),
];
