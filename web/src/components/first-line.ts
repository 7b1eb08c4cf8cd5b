/**
 * The first line of a text in Markdown that says something, without the marks.
 * @example firstLine("# Tumour **model**\n\nSee [the docs](https://example.org).") // "Tumour model"
 */
export function firstLine(markdown: string): string {
  const lines = markdown.split(/\r?\n/).map(plain);
  return lines.find((line) => /[\p{L}\p{N}]/u.test(line)) ?? "";
}

function plain(line: string): string {
  return line
    .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+[.)]\s+)+/, "")
    .replace(/\s+#+\s*$/, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(`+)(.+?)\1/g, "$2")
    .replace(/(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1/g, "$2")
    .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, "$2")
    .trim();
}
