// Writes dist/index.d.ts: the types of everything that src/index.ts exports, in one file, with their docs.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const folder = ".cache/types";
rmSync(folder, { recursive: true, force: true });
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
  stdio: ["ignore", 2, 2],
});
const types = await rollup({ input: `${folder}/index.d.ts`, plugins: [dts()] });
await types.write({ file: "dist/index.d.ts", format: "es" });
await types.close();
