import { Console } from "node:console";

import { serveRequests } from "./serve-requests.js";

// Standard output belongs to the protocol: what a library prints goes elsewhere.
globalThis.console = new Console(process.stderr);

const requests = serveRequests((bytes) => {
  for (const part of bytes) process.stdout.write(part);
});
process.stdout.on("error", () => {}); // the client is gone, which the end of standard input says as well

process.stdin.on("data", (bytes: Buffer) => requests.accept(bytes));

/** How long, in milliseconds, what a client asked for may go on when the client is gone. */
const longestEnd = 60_000;
process.stdin.on("end", () => {
  setTimeout(() => process.exit(1), longestEnd).unref();
  void requests.finished().then(() => process.exit(0));
});
process.stdin.on("error", () => process.exit(1));
