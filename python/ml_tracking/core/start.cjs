// Starts core.js or cli.js, whichever is named. Plain enough for any Node.js, so that one too old can say so.
"use strict";
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const [major, minor] = process.versions.node.split(".").map(Number);
const program = process.argv.splice(2, 1)[0];
if (major < 20 || (major === 20 && minor < 19)) {
  process.exitCode = 70; // as _node.py knows it
} else {
  keepCompiled();
  void import(pathToFileURL(path.join(__dirname, `${program}.js`)).href);
}

/** Where Node.js can (from 22.1 on), what it compiled is kept in the user's own cache folder, which halves the start. */
function keepCompiled() {
  const { enableCompileCache } = require("node:module");
  if (!enableCompileCache) return;
  const { XDG_CACHE_HOME, LOCALAPPDATA, ML_TRACKING_CACHE } = process.env;
  const home = require("node:os").homedir();
  const caches = {
    win32: LOCALAPPDATA || path.join(home, "AppData/Local"),
    darwin: path.join(home, "Library/Caches"),
  };
  const users = caches[process.platform] || XDG_CACHE_HOME || path.join(home, ".cache");
  const given = ML_TRACKING_CACHE && ML_TRACKING_CACHE.replace(/^~(?=$|[/\\])/, () => home);
  if (given && /[$%]/.test(given)) return; // a variable that nothing expanded, which is refused later
  enableCompileCache(path.join(given || path.join(users, "ml-tracking"), "compiled"));
}
