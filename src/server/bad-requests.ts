import { type Server, STATUS_CODES } from "node:http";

import type { ErrorCode } from "../tracking-error.js";
import { securityHeaders } from "./security-headers.js";

/** The API's error shape for what is no HTTP request that the routes could be asked about. */
export function badRequest(message: string): Response {
  return new Response(bodyOf(message), {
    status: 400,
    headers: { ...securityHeaders, "Content-Type": "application/json" },
  });
}

/**
 * Answers what Node.js refuses before there is a request: headers that are too large, too slow, or not HTTP.
 */
export function answerBadRequests(server: Server): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, message] = refusals[error.code ?? ""] ?? [400, "this is not an HTTP request"];
    const body = bodyOf(message);
    const headers = {
      ...securityHeaders,
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(body)),
      Connection: "close",
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`);
  });
}

const refusals: Record<string, [number, string]> = {
  HPE_HEADER_OVERFLOW: [431, "the address and the headers are too long; shorten the filter"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "the request did not arrive in time; send it again"],
};

function bodyOf(message: string): string {
  const code: ErrorCode = "INVALID_ARGUMENT";
  return JSON.stringify({ error: { code, message, details: null } });
}
