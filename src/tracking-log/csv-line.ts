/**
 * The tracking log's CSV profile: comma, RFC 4180 quoting, `\n`, and no raw line break inside a field, so
 * that one line is one row whatever happens to its neighbours.
 */

/** One line, with its line break. */
export function formatLine(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",")}\n`;
}

/**
 * The fields of one line (without its line break), strictly: what a writer of this profile cannot have
 * written, such as a line that was cut or glued, is refused with the reason.
 */
export function parseLine(line: string): { fields: string[] } | { broken: string } {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      let field = "";
      let from = at + 1;
      for (;;) {
        const quote = line.indexOf('"', from);
        if (quote < 0) return { broken: "a quoted field has no end" };
        field += line.slice(from, quote);
        at = quote + 1;
        if (line[at] !== '"') break;
        field += '"';
        from = at + 1;
      }
      fields.push(field);
      if (at < line.length && line[at] !== ",") return { broken: "text follows a quoted field" };
    } else {
      const comma = line.indexOf(",", at);
      const end = comma < 0 ? line.length : comma;
      const field = line.slice(at, end);
      if (field.includes('"')) return { broken: "a quote stands in an unquoted field" };
      fields.push(field);
      at = end;
    }
    if (at >= line.length) return { fields };
    at += 1; // the comma
  }
}
