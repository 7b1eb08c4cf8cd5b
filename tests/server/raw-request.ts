import { connect } from "node:net";

import { type Answer, answerOf } from "./running-server.js";

/**
 * Sends bytes as they are, which fetch would put right or refuse, and reads the answer until the connection
 * ends or is silent. Status 0 stands for a connection that was cut without an answer.
 */
export function rawRequest(port: number, bytes: string | Uint8Array, host = "127.0.0.1"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host);
    let received = "";
    socket.setEncoding("latin1");
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer in 10 s; so far: ${received}`)));
    socket.on("data", (text: string) => (received += text));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      // The server may cut what is too large before all of it was sent.
      if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
    });
    socket.on("close", () => resolve(parse(received)));
    socket.write(bytes);
  });
}

/** A request line and headers; the connection closes after the answer. */
export function request(line: string, headers: Record<string, string | readonly string[]>): string {
  const lines = Object.entries({ Connection: "close", ...headers }).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((each) => `${name}: ${each}\r\n`),
  );
  return `${line}\r\n${lines.join("")}\r\n`;
}

function parse(received: string): Answer {
  const end = received.indexOf("\r\n\r\n");
  const [first = "", ...lines] = received.slice(0, end < 0 ? undefined : end).split("\r\n");
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  let body = end < 0 ? "" : received.slice(end + 4);
  if (headers.get("transfer-encoding") === "chunked") body = withoutChunkSizes(body);
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
  return answerOf(status, headers, Buffer.from(body, "latin1").toString("utf8"));
}

function withoutChunkSizes(body: string): string {
  let text = "";
  for (let at = 0; ; ) {
    const line = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.slice(at, line), 16);
    if (!(size > 0)) return text;
    text += body.slice(line + 2, line + 2 + size);
    at = line + 4 + size;
  }
}
