/**
 * The tracking log's CSV profile: comma, RFC 4180 quoting, `\n`, and no raw line break inside a field, so
 * that one line is one row whatever happens to its neighbours.
 */

const comma = 0x2c;
const quote = 0x22;

/** One line, with its line break. */
export function formatLine(fields: readonly string[]): string {
  return `${fields.map((field) => (field !== "" && /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",")}\n`;
}

/**
 * The fields of one line (without its line break), strictly: what a writer of this profile cannot have
 * written, such as a line that was cut or glued, is refused with the reason.
 */
export function parseLine(line: string): { fields: string[] } | { broken: string } {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const first = line.charCodeAt(at);
    if (first === comma) fields.push("");
    else if (first === quote) {
      let field = "";
      let from = at + 1;
      for (;;) {
        const end = line.indexOf('"', from);
        if (end < 0) return { broken: "a quoted field has no end" };
        field += line.slice(from, end);
        at = end + 1;
        if (line[at] !== '"') break;
        field += '"';
        from = at + 1;
      }
      fields.push(field);
      if (at < line.length && line[at] !== ",") return { broken: "text follows a quoted field" };
    } else {
      const found = line.indexOf(",", at);
      const end = found < 0 ? line.length : found;
      const field = line.slice(at, end);
      if (field.includes('"')) return { broken: "a quote stands in an unquoted field" };
      fields.push(field);
      at = end;
    }
    if (at >= line.length) return { fields };
    at += 1; // the comma
  }
}
