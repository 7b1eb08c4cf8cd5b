#!/usr/bin/env bash
# Jest 30.5.2 with --experimental-vm-modules: two import() at once, of modules that share an import which has one of its own, reject with
# "request for './r.js' is not in cache". Here p imports q and r, q imports r, and s imports q. Node.js loads both, and so does Jest one
# after the other. A library that loads its parts by Promise.all([import(...), import(...)]) therefore fails under Jest alone, and only
# where the bundler happened to split it so.
# Seen on Node.js 20.20.2: at once: request for './r.js' is not in cache; one after the other: 3. Fails where that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --no-audit --no-fund --loglevel=error jest@30.5.2 >/dev/null
echo 'export const r = 1;' > r.js
echo 'import { r } from "./r.js"; export const q = r;' > q.js
echo 'import { q } from "./q.js"; import { r } from "./r.js"; export const p = q + r;' > p.js
echo 'import { q } from "./q.js"; export const s = q;' > s.js
cat > at-once.test.js <<'JS'
it("at once", async () => {
  const seen = await Promise.all([import("./p.js"), import("./s.js")]).then(
    ([{ p }, { s }]) => p + s,
    (error) => error.message,
  );
  process.stderr.write(`seen at once: ${seen}\n`);
});
JS
cat > in-turn.test.js <<'JS'
it("in turn", async () => {
  const { p } = await import("./p.js");
  const { s } = await import("./s.js");
  process.stderr.write(`seen in turn: ${p + s}\n`);
});
JS
NODE_OPTIONS=--experimental-vm-modules node_modules/.bin/jest --config '{"transform":{}}' > all 2>&1 || true
grep '^seen' all | sort > seen
node -e 'Promise.all([import("./p.js"), import("./s.js")]).then(([{ p }, { s }]) => console.log(`seen by Node.js: ${p + s}`))' >> seen
cat seen
printf '%s\n' "seen at once: request for './r.js' is not in cache" 'seen in turn: 3' 'seen by Node.js: 3' | diff - seen
