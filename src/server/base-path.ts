import { TrackingError } from "../tracking-error.js";

/**
 * The path under which a proxy passes requests on without removing it, `""` for none.
 * @throws TrackingError INVALID_ARGUMENT
 * @example readBasePath("/team/ml/") // "/team/ml"
 */
export function readBasePath(given: string | undefined): string {
  const path = (given ?? "").replace(/\/+$/, "");
  if (path === "") return "";
  if (/^(?:\/[\w.~@:%!$&'()*+,;=-]+)+$/.test(path) && !/\/\.{1,2}(?:\/|$)/.test(path)) return path;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `--base-path is ${JSON.stringify(given)}; give the path of an address, such as /ml or /user/me/ml`,
  );
}

/**
 * A request's target without the base path. Proxies that remove it themselves send none, so both are answered.
 * @returns undefined for the base path without a slash, where relative addresses would lead beside it
 * @example withoutBasePath("/ml/projects/pets?filter=k", "/ml") // "/projects/pets?filter=k"
 */
export function withoutBasePath(target: string, basePath: string): string | undefined {
  if (basePath === "" || !target.startsWith(basePath)) return target;
  const rest = target.slice(basePath.length);
  if (rest.startsWith("/")) return rest;
  return rest === "" || rest.startsWith("?") ? undefined : target;
}

/**
 * Leads from a page to the top of the dashboard, whatever a proxy puts before both.
 * @example upFrom("/projects/pets") // "../"
 * @example upFrom("/") // "./"
 */
export function upFrom(path: string): string {
  return "../".repeat(path.split("/").length - 2) || "./";
}
