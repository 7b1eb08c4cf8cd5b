type Tags = Readonly<Record<string, string>>;

/** @example tagTexts({ team: "vision", draft: "" }) // ["team: vision", "draft"] */
export function tagTexts(tags: Tags): string[] {
  return Object.entries(tags).map(([name, value]) => (value === "" ? name : `${name}: ${value}`));
}

/** What is to be written so that tags are as some texts say; a name that is given twice has the last value. */
export function changedTags(
  before: Tags,
  texts: readonly string[],
): { add_tags: Record<string, string>; remove_tags: string[] } {
  const kept = new Set(tagTexts(before).filter((text) => texts.includes(text)));
  const added = texts.filter((text) => !kept.has(text)).map(pairOf);
  const names = new Set(added.map(([name]) => name));
  const removed = Object.entries(before).filter(
    ([name, value]) => !names.has(name) && !kept.has(tagTexts({ [name]: value })[0]!),
  );
  return { add_tags: Object.fromEntries(added), remove_tags: removed.map(([name]) => name) };
}

function pairOf(text: string): [name: string, value: string] {
  const [, name = text, value = ""] = /^([^:=]*)[:=]\s*(.*)$/s.exec(text) ?? [];
  return [name.trim(), value.trim()];
}
