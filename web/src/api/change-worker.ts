// Shared by all tabs of a dashboard: holds the one connection over which the server tells of changes. A tab
// sends the connection's address once, and is told the store's generation now and after every change.

/** After this long it is tried again, in milliseconds, where the server refused the connection. */
const tryAgainAfter = 5_000;

const ports = new Set<MessagePort>();
let source: EventSource | undefined;
let generation: number | undefined;

function connect(address: string): void {
  source = new EventSource(address);
  source.addEventListener("change", (event) => {
    ({ generation } = JSON.parse(event.data) as { generation: number });
    for (const port of ports) port.postMessage(generation);
  });
  // What was only interrupted, the browser connects again by itself.
  source.addEventListener("error", () => {
    if (source?.readyState === EventSource.CLOSED) setTimeout(() => connect(address), tryAgainAfter);
  });
}

addEventListener("connect", (event) => {
  const [port] = (event as MessageEvent).ports;
  if (!port) return;
  ports.add(port);
  if (generation !== undefined) port.postMessage(generation);
  port.addEventListener("message", ({ data }: MessageEvent<string>) => {
    if (!source) connect(data);
  });
  port.start();
});
