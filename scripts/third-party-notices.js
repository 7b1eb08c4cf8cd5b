// The licences of the packages that a bundle holds parts of.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {Iterable<string>} modules files that were bundled
 * @returns {string} name, version, licence and licence text of each package that they are from, by name
 */
export function thirdPartyNotices(modules) {
  const folders = new Set();
  for (const module of modules) {
    const file = module.replace(/^\0/, "").replace(/\?.*$/, "");
    const found = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
    if (found !== undefined && existsSync(join(found, "package.json"))) folders.add(found);
  }
  const packages = [...folders].map((folder) => ({
    folder,
    ...JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
  }));
  packages.sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
  const parts = packages.map(({ folder, name, version, license }) => {
    const text = licenceText(folder) ?? "(the package has no licence file)";
    return `${name} ${version} (${license ?? "licence: see below"})\n\n${text.trim()}\n`;
  });
  return `This package contains parts of the following packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.|-|$)/i.test(name));
  if (file !== undefined) return readFileSync(join(folder, file), "utf8");
  const readme = readdirSync(folder).find((name) => /^readme/i.test(name));
  if (readme === undefined) return undefined;
  return /^#+ licen[cs]e\b[^\n]*\n([^]*?)(?=^#|$(?![^]))/im.exec(
    readFileSync(join(folder, readme), "utf8"),
  )?.[1];
}
