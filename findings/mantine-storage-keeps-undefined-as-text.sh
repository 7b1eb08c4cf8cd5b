#!/usr/bin/env bash
# @mantine/hooks 9.7.4: useSessionStorage and useLocalStorage with a defaultValue of undefined take setValue(undefined), show undefined at
# once, and write the nine letters `undefined` into the storage, which the next page load reads back as the text "undefined": JSON.parse
# refuses them, and what it refuses is given out as it stands. A draft that was cleared so is back after a reload as a word that nobody
# wrote. removeValue, the third of what the hook returns, clears it.
# Seen: set to undefined: stored "undefined", read back "undefined"; removed: stored null, read back undefined. Fails where that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --no-audit --no-fund --loglevel=error @mantine/hooks@9.7.4 react@19.3.1 react-dom@19.3.1 jsdom@26.1.0 >/dev/null
cat > seen.js <<'JS'
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<div id=root></div>", { url: "http://localhost/" });
globalThis.IS_REACT_ACT_ENVIRONMENT = true;
for (const name of ["window", "document", "navigator", "CustomEvent"]) {
  Object.defineProperty(globalThis, name, { value: name === "window" ? window : window[name], configurable: true });
}
const { act, createElement } = await import("react");
const { createRoot } = await import("react-dom/client");
const { useSessionStorage } = await import("@mantine/hooks");

/** A page load: the hook as the page has it, then something done with it. */
async function load(work) {
  let held;
  const Page = () => {
    held = useSessionStorage({ key: "draft", defaultValue: undefined });
    return null;
  };
  const root = createRoot(document.getElementById("root"));
  await act(async () => root.render(createElement(Page)));
  if (work) await act(async () => work(held));
  const [value] = held;
  await act(async () => root.unmount());
  return value;
}
const text = (value) => (value === undefined ? "undefined, the value" : JSON.stringify(value));
for (const [how, clear] of [
  ["set to undefined", ([, setValue]) => setValue(undefined)],
  ["removed", ([, , removeValue]) => removeValue()],
]) {
  window.sessionStorage.clear();
  await load(([, setValue]) => setValue("a draft"));
  await load(clear);
  const stored = window.sessionStorage.getItem("draft");
  console.log(`${how}: stored ${JSON.stringify(stored)}, read back ${text(await load())}`);
}
JS
node seen.js > seen
cat seen
printf '%s\n' 'set to undefined: stored "undefined", read back "undefined"' 'removed: stored null, read back undefined, the value' | diff - seen
