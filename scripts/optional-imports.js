/**
 * Packages that only some users install, and that are loaded on first use: a native one, and the clouds'. A
 * bundler of theirs would look for them, and fail, if their names stood in an `import()`; the comments tell
 * those that warn of a name that they cannot read.
 */
const optionalPackages = new Set(["@duckdb/node-api", "@aws-sdk/client-s3", "google-auth-library"]);

/** Leaves optional packages where npm puts them, and keeps bundlers from following them there. */
export const optionalImports = {
  name: "optional-imports",
  resolveId: (id) => (optionalPackages.has(id) ? { id, external: true } : undefined),
  renderChunk: (code) =>
    code.replace(/\bimport\("([^"]+)"\)/g, (whole, name) =>
      optionalPackages.has(name)
        ? `import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ ["${name}"].join())`
        : whole,
    ),
};
