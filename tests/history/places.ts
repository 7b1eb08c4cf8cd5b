import type { TestContext } from "vitest";
import { folderStore } from "../../src/store/folder-store.js";
import type { Store } from "../../src/store/store.js";
import { bucketServers } from "../support/bucket-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";

type Skip = Pick<TestContext, "skip">;

/** A folder and both buckets: each starts what it needs, and then makes empty stores. */
export const places: { name: string; start: (context: Skip) => Promise<() => Promise<Store>> }[] = [
  { name: "a folder", start: async () => async () => folderStore(await temporaryFolder()) },
  ...bucketServers.map(({ name, start }) => ({
    name,
    start: async (context: Skip) => {
      const server = await start(context);
      return async () => server.open(`${await server.newBucket()}/some/where`);
    },
  })),
];
