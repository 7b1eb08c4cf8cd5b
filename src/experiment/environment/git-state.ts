import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { type AskGit, askGit, NoGitAnswer } from "./ask-git.js";

/** What git says of a folder's working copy; commit and dirty are blank where git cannot say. */
export interface GitState {
  commit: string;
  dirty: boolean | undefined;
  warnings: string[];
}

/** The top folder of the working copy that a folder lies in: the nearest one that holds `.git`. */
export function findGitRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * The commit that a working copy is at, and whether tracked files were modified since (untracked files do not
 * count). Git takes no lock, runs no command that the repository names (filters, monitors, hooks), and is
 * given up after the time limit. Where only a filter could tell whether a file was modified, `dirty` is
 * undefined. Never fails: what git cannot say is blank, with the reason among the warnings.
 */
export async function gitState(
  root: string,
  { env, timeLimit }: { env: NodeJS.ProcessEnv; timeLimit: number },
): Promise<GitState> {
  try {
    return await stateOf(root, { env, timeLimit, deadline: performance.now() + timeLimit });
  } catch (error) {
    if (!(error instanceof NoGitAnswer)) throw error;
    return { commit: "", dirty: undefined, warnings: [`git_commit is blank: ${error.message}`] };
  }
}

/** So many filters are switched off by name; a repository with more is not looked at closer. */
const mostFilters = 200;
/** So many modified files are asked about. */
const mostModified = 5_000;

async function stateOf(root: string, ask: AskGit): Promise<GitState> {
  const filters = await filterNames(root, ask);
  if (!canBeOff(filters)) {
    return { commit: await commitOf(root, ask), dirty: undefined, warnings: [unknown("its own filters")] };
  }
  const output = await askGit(root, statusCommand, ask, {
    settings: withoutFilters(filters),
    // A modified file that has no filter says enough: there may be a hundred thousand more.
    isEnough: (text) => (filters.length === 0 ? /\0[12u] /u.test(text) : isSurelyDirty(entriesOf(text))),
  });
  const commit = /(?:^|\0)# branch\.oid ([0-9a-f]{40,64})\0/u.exec(output)?.[1] ?? "";
  const entries = entriesOf(output);
  if (entries.length === 0) return { commit, ...(await stateOfSubmodules(root, ask)) };
  if (filters.length === 0 || isSurelyDirty(entries)) return { commit, dirty: true, warnings: [] };
  const filtered = await filteredPaths(root, entries, filters, ask);
  const plain = entries.some(({ path }) => !filtered.has(path));
  if (plain) return { commit, dirty: true, warnings: [] };
  return { commit, dirty: undefined, warnings: [unknown(`the filter of ${entries[0]?.path ?? ""}`)] };
}

function unknown(what: string): string {
  return `git_dirty is blank: only ${what} could tell whether it was modified, and a repository's own commands are not run`;
}

const statusCommand = [
  "status",
  "--porcelain=v2",
  "-z",
  "--branch",
  "--untracked-files=no",
  // Git would run itself in each submodule, without the settings that keep it harmless.
  "--ignore-submodules=dirty",
];

/** Whether filters can be switched off by their names: in `-c NAME=VALUE` the first "=" ends the name. */
export function canBeOff(filters: readonly string[]): boolean {
  return filters.length <= mostFilters && !filters.some((name) => name.includes("="));
}

/** The settings under which git runs none of these filters. */
export function withoutFilters(filters: readonly string[]): string[] {
  return filters.flatMap((name) => [
    `filter.${name}.clean=`,
    `filter.${name}.process=`,
    `filter.${name}.required=false`,
  ]);
}

/** Names of all filters that have a command, whoever configured them. */
export async function filterNames(root: string, ask: AskGit): Promise<string[]> {
  const output = await askGit(root, ["config", "-z", "--name-only", "--get-regexp", "^filter\\."], ask, {
    fine: [0, 1], // 1: there is none
  });
  const names = output.split("\0").flatMap((key) => /^filter\.([^]*)\.[^.]*$/u.exec(key)?.[1] ?? []);
  return [...new Set(names)];
}

async function commitOf(root: string, ask: AskGit): Promise<string> {
  const output = await askGit(root, ["rev-parse", "--verify", "--quiet", "HEAD"], ask, { fine: [0, 1] });
  return /^[0-9a-f]{40,64}$/mu.exec(output)?.[0] ?? "";
}

interface Entry {
  /** What differs: between commit and index, then between index and file. */
  change: string;
  path: string;
}

/** The modified files in what `git status` printed so far; one that is printed in part is left out. */
function entriesOf(output: string): Entry[] {
  const parts = output.split("\0").slice(0, -1);
  const entries: Entry[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    const kind = part[0];
    if (kind !== "1" && kind !== "2" && kind !== "u") continue;
    const fields = { "1": 8, "2": 9, u: 10 }[kind];
    entries.push({ change: part.slice(2, 4), path: part.split(" ").slice(fields).join(" ") });
    if (kind === "2") at += 1; // the path before it was renamed
  }
  return entries;
}

/** Anything but a file whose content seems to differ from the index: that may be the work of its filter. */
function isSurelyDirty(entries: readonly Entry[]): boolean {
  return entries.length > mostModified || entries.some(({ change }) => change !== ".M");
}

/** Which of these files go through a filter that has a command. */
async function filteredPaths(
  root: string,
  entries: readonly Entry[],
  filters: readonly string[],
  ask: AskGit,
): Promise<Set<string>> {
  const input = entries.map(({ path }) => `${path}\0`).join("");
  const output = await askGit(root, ["check-attr", "-z", "--stdin", "filter"], ask, { input });
  const known = new Set(filters);
  const parts = output.split("\0");
  const found = new Set<string>();
  for (let at = 0; at + 2 < parts.length; at += 3) if (known.has(parts[at + 2]!)) found.add(parts[at]!);
  return found;
}

/** Of a working copy that has nothing modified itself. */
async function stateOfSubmodules(root: string, ask: AskGit): Promise<Omit<GitState, "commit">> {
  const warnings: string[] = [];
  if (!existsSync(join(root, ".gitmodules"))) return { dirty: false, warnings };
  const output = await askGit(root, ["ls-files", "-z", "--stage"], ask);
  const paths = output
    .split("\0")
    .flatMap((entry) => /^160000 [0-9a-f]+ \d\t([^]+)$/u.exec(entry)?.[1] ?? []);
  for (const path of paths) {
    const folder = join(root, path);
    if (!existsSync(join(folder, ".git"))) continue; // not checked out
    try {
      const { dirty, warnings: more } = await stateOf(folder, ask);
      if (dirty) return { dirty, warnings: [] };
      warnings.push(...more);
    } catch (error) {
      if (!(error instanceof NoGitAnswer)) throw error;
      warnings.push(`git_dirty is blank: in the submodule ${path}: ${error.message}`);
    }
  }
  return { dirty: warnings.length > 0 ? undefined : false, warnings };
}
