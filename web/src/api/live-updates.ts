import type { QueryClient } from "@tanstack/react-query";

/**
 * Listens for word of what is logged and makes every answer about the store fresh; the browser reconnects by
 * itself.
 */
export function listenForChanges(client: QueryClient): () => void {
  const source = new EventSource("api/events");
  let known: number | undefined;
  source.addEventListener("change", (event) => {
    const { generation } = JSON.parse(event.data) as { generation: number };
    if (known !== undefined && generation !== known) void client.invalidateQueries({ queryKey: ["store"] });
    known = generation;
  });
  return () => source.close();
}
