import { execFile } from "node:child_process";
import { readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { projectRoot } from "../support/built-package.js";
import { type PackedPackage, packPackage, toolsFolder, userProject } from "./packed-package.js";

const run = promisify(execFile);
let packed: PackedPackage;

beforeAll(async () => {
  packed = await packPackage();
});
afterAll(() => packed.remove());

/** A package of the tools, by its own `import` entry. */
async function importTool<T>(folder: string, name: string, entry: string): Promise<T> {
  return (await import(pathToFileURL(join(folder, "node_modules", name, entry)).href)) as T;
}

describe("the package as npm packs it", () => {
  it("holds the library with its types, the command, the pages, the docs and what others ask to be told", async () => {
    const files = await readdir(packed.folder, { recursive: true });
    const wanted = ["dist/index.js", "dist/index.d.ts", "dist/cli.js", "dist/judging.js", "LICENSE"];
    expect(files).toEqual(
      expect.arrayContaining([...wanted, "dist/THIRD-PARTY-NOTICES.txt", "CHANGELOG.md"]),
    );
    expect(files.filter((file) => /\.map$|\.png$|^src|^tests|^dist\/python|node_modules/.test(file))).toEqual(
      [],
    );
    expect((await stat(packed.tarball)).size).toBeLessThan(2e6);
  });

  it("imports nothing but Node.js and what is optional", async () => {
    const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
      await readFile(join(packed.folder, "package.json"), "utf8"),
    ) as Record<string, Record<string, string> | undefined>;
    expect(dependencies).toBeUndefined();
    const optional = Object.keys({ ...optionalDependencies, ...peerDependencies });
    const imported = new Set<string>();
    const scripts = (await readdir(join(packed.folder, "dist"), { recursive: true })).filter(
      (file) => file.endsWith(".js") && !file.startsWith("pages"),
    );
    for (const file of scripts) {
      const text = await readFile(join(packed.folder, "dist", file), "utf8");
      for (const [, name] of text.matchAll(
        /^(?:import|export)\b[^;\n]*? from "([^".][^"]*)"|^import "([^".][^"]*)"/gm,
      )) {
        imported.add(name!);
      }
      for (const [, name] of text.matchAll(/\bimport\(\s*(?:\/\*[^*]*\*\/\s*)*\[?"([^".][^"]*)"/g)) {
        imported.add(name!);
      }
    }
    expect([...imported].filter((name) => !isBuiltin(name) && !optional.includes(name))).toEqual([]);
    expect([...imported].filter((name) => optional.includes(name)).toSorted()).toEqual(optional.toSorted());
  });

  it("names every package that it holds parts of, with its licence", async () => {
    const notices = await readFile(join(packed.folder, "dist/THIRD-PARTY-NOTICES.txt"), "utf8");
    const { devDependencies } = JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8")) as {
      devDependencies: Record<string, string>;
    };
    for (const name of [
      "react",
      "@mantine/core",
      "echarts",
      "zod",
      "hono",
      "hyparquet",
      "commander",
      "ml-matrix",
    ]) {
      expect(notices).toContain(`\n${name} ${devDependencies[name]} (`);
    }
  });

  it("exports every type that its own types name", async () => {
    const types = await readFile(join(packed.folder, "dist/index.d.ts"), "utf8");
    expect(types).not.toMatch(/^import /m);
    const exported = new Set(
      [...types.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) =>
        names!.split(", ").map((name) => name.trim()),
      ),
    );
    const declared = [...types.matchAll(/^(?:declare )?(?:interface|type|class) ([\w$]+)/gm)].map(
      ([, name]) => name!,
    );
    expect(declared.length).toBeGreaterThan(60);
    // Nobody has to name how a model is checked.
    expect(declared.filter((name) => !exported.has(name))).toEqual(["CheckedModel"]);
  });

  it("has nothing that publint finds", async (context) => {
    const folder = toolsFolder("types", context);
    interface Publint {
      publint: (options: object) => Promise<{ messages: { code: string }[] }>;
    }
    const { publint } = await importTool<Publint>(folder, "publint", "src/index-node.js");
    const { messages } = await publint({ pkgDir: packed.folder, pack: false });
    expect(messages).toEqual([]);
  });

  it("resolves with its types from everywhere, from CommonJS as the ES module that it is", async (context) => {
    const folder = toolsFolder("types", context);
    interface TypesWrong {
      createPackageFromTarballData: (tarball: Uint8Array) => object;
      checkPackage: (found: object) => Promise<{ problems: { kind: string; entrypoint?: string }[] }>;
    }
    const wrong = await importTool<TypesWrong>(folder, "@arethetypeswrong/core", "dist/index.js");
    const { problems } = await wrong.checkPackage(
      wrong.createPackageFromTarballData(await readFile(packed.tarball)),
    );
    const ofTheLibrary = problems.filter(({ entrypoint }) => entrypoint === undefined || entrypoint === ".");
    expect(ofTheLibrary.map(({ kind }) => kind)).toEqual(["CJSResolvesToESM"]);
  });
});

describe("the documentation of the package", () => {
  it("has every exported name, as the types have it", async () => {
    const { stdout, stderr } = await run(process.execPath, ["scripts/api-reference.js", "--check"], {
      cwd: projectRoot,
    });
    expect(stdout + stderr).toBe("");
    const reference = await readFile(join(projectRoot, "docs/api.md"), "utf8");
    const types = await readFile(join(packed.folder, "dist/index.d.ts"), "utf8");
    const names = [...types.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list]) =>
      list!.split(", ").map((name) => name.trim()),
    );
    expect(names.length).toBeGreaterThan(90);
    expect(names.filter((name) => !reference.includes(`\n### ${name}\n`))).toEqual([]);
  });

  it("has code that compiles under strict", async () => {
    const files: Record<string, string> = {
      "console.d.ts": "declare const console: { log(...said: unknown[]): void };",
    };
    const documents = (await readdir(join(projectRoot, "docs"))).filter((name) => name.endsWith(".md"));
    // docs/errors.md shows a call that is refused.
    const compilable = documents.filter((name) => name !== "errors.md");
    for (const document of ["README.md", ...compilable.map((name) => `docs/${name}`)]) {
      const text = await readFile(join(projectRoot, document), "utf8");
      for (const [i, [, code]] of [...text.matchAll(/^```js\n([^]*?)^```/gm)].entries()) {
        files[`${document.replace(/\W/g, "-")}-${i}.ts`] = code!;
      }
    }
    expect(Object.keys(files).length).toBeGreaterThan(6);
    const project = await userProject(packed, files);
    const compilerOptions = {
      module: "nodenext",
      target: "es2023",
      lib: ["es2023"],
      types: [],
      strict: true,
      noEmit: true,
    };
    await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    const tsc = join(projectRoot, "node_modules/typescript/bin/tsc");
    const compiled = await run(process.execPath, [tsc, "-p", project]).catch(
      (error: { stdout: string }) => error,
    );
    expect(compiled.stdout).toBe("");
    await rm(project, { recursive: true });
  });
});

describe("the package's types", () => {
  it("take what TensorFlow.js, ONNX Runtime, ml-matrix, Arrow and Arquero hold, by their own types", async (context) => {
    const fixture = join(projectRoot, "tests/package/fixtures/library-columns.ts");
    const project = await userProject(packed, { "library-columns.ts": await readFile(fixture, "utf8") });
    const libraries = join(toolsFolder("columns", context), "node_modules");
    for (const name of await readdir(libraries)) {
      if (!name.startsWith(".")) await symlink(join(libraries, name), join(project, "node_modules", name));
    }
    const compilerOptions = {
      module: "nodenext",
      target: "es2023",
      lib: ["es2023", "dom", "dom.iterable"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true, // theirs do not hold it
      noEmit: true,
    };
    await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    const tsc = join(projectRoot, "node_modules/typescript/bin/tsc");
    const compiled = await run(process.execPath, [tsc, "-p", project]).catch(
      (error: { stdout: string }) => error,
    );
    expect(compiled.stdout).toBe("");
    await rm(project, { recursive: true });
  });

  const compilers: [string, (context: Parameters<typeof toolsFolder>[1]) => string][] = [
    ["TypeScript 5.9", (context) => join(toolsFolder("types", context), "node_modules/typescript/bin/tsc")],
    ["TypeScript 7", () => join(projectRoot, "node_modules/typescript/bin/tsc")],
  ];
  const settings = [
    { module: "node16", moduleResolution: "node16" },
    { module: "nodenext", moduleResolution: "nodenext" },
    { module: "esnext", moduleResolution: "bundler" },
  ];
  for (const [compiler, findCompiler] of compilers) {
    for (const { module, moduleResolution } of settings) {
      it(`compile 60 right uses and refuse 40 wrong ones: ${compiler}, ${moduleResolution}, no types of Node.js`, async (context) => {
        const tsc = findCompiler(context);
        const fixtures = join(projectRoot, "tests/package/fixtures");
        const right = await readFile(join(fixtures, "right-uses.ts"), "utf8");
        const wrong = await readFile(join(fixtures, "wrong-uses.ts"), "utf8");
        expect(right.match(/\b(?:await |use\(|const \w+: )/g)!.length).toBeGreaterThanOrEqual(60);
        expect(wrong.match(/@ts-expect-error/g)!.length).toBeGreaterThanOrEqual(40);
        const project = await userProject(packed, { "right-uses.ts": right, "wrong-uses.ts": wrong });
        const compilerOptions = {
          module,
          moduleResolution,
          target: "es2023",
          lib: ["es2023"],
          types: [],
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          noEmit: true,
        };
        await writeFile(
          join(project, "tsconfig.json"),
          JSON.stringify({ compilerOptions, include: ["*.ts"] }),
        );
        const compiled = await run(process.execPath, [tsc, "-p", project]).catch(
          (error: { stdout: string }) => error,
        );
        expect(compiled.stdout).toBe("");
        await rm(project, { recursive: true });
      });
    }
  }
});
