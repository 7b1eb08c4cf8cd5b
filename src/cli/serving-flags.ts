import { Option } from "commander";

import { collect } from "./collect.js";

/** Of every command that serves a store. */
export const servingFlags = {
  port: new Option(
    "--port <number>",
    "where to listen (default: 7878, or any free port where that is taken)",
  ),
  host: new Option("--host <address>", "who can reach it: this machine alone, unless told").default(
    "127.0.0.1",
  ),
  token: new Option(
    "--token <text>",
    "what everyone who asks must know (default: $ML_TRACKING_TOKEN, else random, which makes one)",
  ),
  tokenFile: new Option(
    "--token-file <file>",
    "read the token from a file: --token stands in the list of processes",
  ),
  noToken: new Option("--no-token", "let every user of this machine read and write it"),
  readOnly: new Option("--read-only", "let nobody write through it: no names, notes, tags, views, no trash"),
  basePath: new Option(
    "--base-path <path>",
    "where a proxy shows it, if it passes that path on: /team/ml (none is needed where it removes the path)",
  ),
  allowedHost: new Option(
    "--allowed-host <name>",
    "answer under this name too, of a proxy before it, or under every one (*); can be given several times",
  ).argParser(collect),
  trustedProxy: new Option(
    "--trusted-proxy <address>",
    "believe X-Forwarded-Host and -Proto from this address or range; can be given several times",
  ).argParser(collect),
  socket: new Option("--socket <file>", "listen at a file in place of a port, for a proxy of the same user"),
  embedIn: new Option(
    "--embed-in <origin>",
    "let pages of this origin, such as a notebook's http://localhost:8888, show it inside; can be given several times",
  ).argParser(collect),
  untilInputEnds: new Option(
    "--until-input-ends",
    "end with the standard input, for a program that starts it",
  ),
  poll: new Option("--poll <seconds>", "how often to look for what is new (default: 1, over a bucket 5)"),
  cacheLimit: new Option(
    "--cache-limit <megabytes>",
    "what copies of a bucket's predictions may take on this machine (default: 2048)",
  ),
};
