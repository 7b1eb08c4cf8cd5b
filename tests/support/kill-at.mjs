// Loaded before a program (node --import): kills the process, as kill -9 does, before the n-th change that it
// makes to files, KILL_AT being n. A write counts twice: the second time, half of it has been written. What
// is only read changes nothing and is not counted. KILL_WITH names another signal, such as SIGSTOP. Before
// the change APPEND_AT, APPEND_TEXT is added to the file APPEND_TO if it is there, as another process would
// at that moment.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const killAt = Number(process.env.KILL_AT);
const signal = process.env.KILL_WITH ?? "SIGKILL";
const appendAt = Number(process.env.APPEND_AT);
let changes = 0;

function step(half) {
  changes += 1;
  if (changes === appendAt && fs.existsSync(process.env.APPEND_TO)) {
    fs.appendFileSync(process.env.APPEND_TO, process.env.APPEND_TEXT);
    fs.writeSync(1, "appended\n");
  }
  if (changes !== killAt) return;
  half?.();
  process.kill(process.pid, signal);
  for (;;); // until the signal arrives
}

const { promises } = fs;
for (const name of ["mkdir", "link", "rename", "rm", "unlink"]) {
  const real = promises[name];
  promises[name] = (...args) => {
    step();
    return real(...args);
  };
}
const realOpen = promises.open;
promises.open = async (path, flags, ...rest) => {
  if (typeof flags === "string" && /[wax]/.test(flags)) step();
  const handle = await realOpen(path, flags, ...rest);
  const write = handle.write.bind(handle);
  const sync = handle.sync.bind(handle);
  handle.write = (bytes, offset, length, ...more) => {
    step();
    step(() => fs.writeSync(handle.fd, bytes, offset, Math.ceil(length / 2)));
    return write(bytes, offset, length, ...more);
  };
  handle.sync = () => {
    step();
    return sync();
  };
  return handle;
};
const realFsync = fs.fsync;
fs.fsync = (...args) => {
  step();
  return realFsync(...args);
};
syncBuiltinESMExports();
