import { BlockList, isIP } from "node:net";

import { TrackingError } from "../tracking-error.js";

/** Who may say on whose behalf a request comes: their addresses. */
export interface TrustedProxies {
  has(address: string | undefined): boolean;
}

/**
 * What `--trusted-proxy` names: addresses, or ranges such as 10.0.0.0/8. Who connects over a socket in a folder
 * has no address; only the socket's owner can.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function readTrustedProxies(given: readonly string[], overSocket: boolean): TrustedProxies {
  const list = new BlockList();
  for (const text of given) {
    const [address = "", bits, ...more] = text.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    const most = family === "ipv6" ? 128 : 32;
    const isRange = bits !== undefined && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
    if (isIP(address) === 0 || more.length > 0 || (bits !== undefined && !isRange)) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `--trusted-proxy is ${JSON.stringify(text)}; give the proxy's address, such as 127.0.0.1, or a range, such as 172.16.0.0/12`,
      );
    }
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return {
    has(address) {
      if (address === undefined) return overSocket;
      const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
      return list.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
    },
  };
}

/** What a request is for, as its sender knows it. */
export interface Addressed {
  /** The host in the address bar; undefined where the request names none. */
  host: string | undefined;
  /** Whether it came over TLS as far as the proxy. */
  isSecure: boolean;
}

/** Believes X-Forwarded-Host and X-Forwarded-Proto from a trusted proxy, and from nobody else. */
export function addressedAs(
  header: (name: string) => string | undefined,
  sender: string | undefined,
  proxies: TrustedProxies,
): Addressed {
  const host = header("host");
  if (!proxies.has(sender)) return { host, isSecure: false };
  // Several proxies add to a list; the first is what the browser asked for.
  const first = (name: string) => header(name)?.split(",")[0]?.trim() || undefined;
  return {
    host: first("x-forwarded-host") ?? host,
    isSecure: first("x-forwarded-proto")?.toLowerCase() === "https",
  };
}
