import { isIP } from "node:net";

import { TrackingError } from "../tracking-error.js";

export interface HostNames {
  /** Names of this server itself, the one to show first. */
  own: readonly [string, ...string[]];
  /** Where it listens; undefined for a socket in a folder, which only a proxy of the same user reaches. */
  port: number | undefined;
  /** Names by which proxies and tunnels are asked, each with a port of its own or for any; `*` is every name. */
  allowed: readonly string[];
}

const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

interface HostAndPort {
  name: string;
  port: string | undefined;
}

function parseHost(text: string): HostAndPort | undefined {
  const [, name, port] = /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), port };
}

/**
 * Whether a request may ask for this host. Against DNS rebinding the name is what counts: a page of a foreign
 * name never has a loopback name in its address, whichever port a tunnel gave it.
 */
export function isAllowedHost(text: string, names: HostNames): boolean {
  const host = parseHost(text);
  if (host === undefined) return false;
  if (names.port === undefined || loopbackNames.has(host.name)) return true;
  if (names.own.includes(host.name)) return host.port === undefined || Number(host.port) === names.port;
  return names.allowed.includes("*") || isNamed(host, names.allowed);
}

function isNamed(host: HostAndPort, allowed: readonly string[]): boolean {
  return allowed.includes(host.name) || allowed.includes(`${host.name}:${host.port}`);
}

/**
 * Whether a page of this origin may ask: one that this server served under the host that the request names,
 * under another name of its own, or under a name that is allowed to it. A proxy on this machine may name another
 * port than it is asked at: then the browser has to say that the page and the address are of one origin.
 */
export function isAllowedOrigin(
  origin: string,
  host: string,
  names: HostNames,
  isSameOrigin: boolean,
): boolean {
  const [, scheme, text] = /^(https?):\/\/(.+)$/i.exec(origin) ?? [];
  const from = text === undefined ? undefined : parseHost(text);
  if (scheme === undefined || from === undefined) return false;
  if (isSameOrigin && loopbackNames.has(from.name)) return true;
  const usual = scheme.toLowerCase() === "https" ? "443" : "80";
  const asked = parseHost(host);
  const port = from.port ?? usual;
  if (asked?.name === from.name && (asked.port ?? usual) === port) return true;
  if (names.own.includes(from.name) && Number(port) === names.port) return true;
  return isNamed({ name: from.name, port }, names.allowed);
}

/**
 * What `--allowed-host` names.
 * @throws TrackingError INVALID_ARGUMENT for what is no name, and for every name where nobody needs a token
 */
export function readAllowedHosts(given: readonly string[], asksForToken: boolean): string[] {
  return given.map((text) => {
    if (text === "*") {
      if (asksForToken) return text;
      throw new TrackingError(
        "INVALID_ARGUMENT",
        '--allowed-host is "*" and --no-token lets everyone in: every web page could then read the store; leave one of them out',
      );
    }
    const host = parseHost(isIP(text) === 6 ? `[${text}]` : text);
    if (host === undefined) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `--allowed-host is ${JSON.stringify(text)}; give the name in the address bar, such as ml.example.com or ml.example.com:8443`,
      );
    }
    return host.port === undefined ? host.name : `${host.name}:${host.port}`;
  });
}
