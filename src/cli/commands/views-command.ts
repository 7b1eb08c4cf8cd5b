import { changeViews, listViews, type ViewChange } from "../../jobs/views.js";
import { TrackingError } from "../../tracking-error.js";
import type { StoreFlags } from "../define-command.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";

export interface ViewsFlags extends StoreFlags {
  /** False for none. */
  default?: string | boolean;
  delete?: string;
}

export async function viewsCommand(project: string, options: ViewsFlags, terminal: Terminal): Promise<void> {
  const place = options.store === undefined ? {} : { store: options.store };
  const change = changeOf(options);
  const found = change ? await changeViews(project, change, place) : await listViews(project, place);
  if (options.json) {
    await terminal.out(`${JSON.stringify(found)}\n`);
    return;
  }
  if (found.views.length === 0) {
    terminal.talk(`No view of ${found.project} is saved; the dashboard saves them.`);
    return;
  }
  const titles = ["view", "default", "saved by", "saved at"];
  const rows = found.views.map(({ name, author, written_at: at }) => [
    name,
    name === found.default_view ? "yes" : "",
    author,
    at.slice(0, 16).replace("T", " "),
  ]);
  await terminal.out(
    textTable(
      titles.map((title) => ({ title })),
      rows,
    ),
  );
}

/** Commander gives true where neither --default nor --no-default is said. */
function changeOf({ default: chosen, delete: removed }: ViewsFlags): ViewChange | undefined {
  const isChosen = typeof chosen === "string" || chosen === false;
  if (removed !== undefined && isChosen) {
    throw new TrackingError("INVALID_ARGUMENT", "both --delete and a default are given; give one of them");
  }
  if (removed !== undefined) return { action: "view", key: removed, value: null };
  return isChosen ? { action: "default_view", value: chosen === false ? null : chosen } : undefined;
}
