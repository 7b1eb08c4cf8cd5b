import { askGit, NoGitAnswer } from "./ask-git.js";
import { canBeOff, filterNames, withoutFilters } from "./git-state.js";

const longestDiff = 1_000_000;
const timeLimit = 5_000;

/** Files that hold secrets by their names: their changes are left out. */
export const secretNames = [
  ".env*",
  "*.env",
  "*secret*",
  "*password*",
  "*passwd*",
  "*credential*",
  "*token*",
  "*.pem",
  "*.key",
  "*.p12",
  "*.pfx",
  "id_rsa*",
  "id_ed25519*",
  ".netrc",
  ".npmrc",
  ".pypirc",
] as const;

/**
 * What differs from the commit that a working copy is at, as a patch; of tracked files only, and
 * without those whose names say that they hold secrets. What is longer than a megabyte ends there, with a line
 * that says so.
 * @param root its top folder
 * @returns undefined without a difference, or where git cannot say without running commands of
 * the repository
 */
export async function uncommittedDiff(
  root: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const ask = { env, timeLimit, deadline: performance.now() + timeLimit };
  try {
    const filters = await filterNames(root, ask);
    if (!canBeOff(filters)) return undefined;
    const command = [
      "diff",
      "--no-ext-diff",
      "--no-textconv",
      "--no-color",
      "--ignore-submodules=all",
      "HEAD",
      "--",
      ".",
      ...secretNames.map((name) => `:(exclude,icase,glob)**/${name}`),
      ...secretNames.map((name) => `:(exclude,icase,glob)**/${name}/**`),
    ];
    const diff = await askGit(root, command, ask, {
      settings: withoutFilters(filters),
      isEnough: (text) => text.length > longestDiff,
    });
    if (diff === "") return undefined;
    if (diff.length <= longestDiff) return diff;
    return `${diff.slice(0, longestDiff)}\n[cut: the difference has over ${longestDiff} characters]\n`;
  } catch (error) {
    if (error instanceof NoGitAnswer) return undefined;
    throw error;
  }
}
