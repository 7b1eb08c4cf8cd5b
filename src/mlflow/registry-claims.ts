import { createHash } from "node:crypto";
import type { Store } from "../store/store.js";
import { alreadyExists } from "./mlflow-error.js";

/** Where names and numbers of versions are claimed, a file each. */
export const claimsFolder = "mlflow/registry-claims";
/** Milliseconds after which a server that claimed a name, and then said nothing, is taken for gone. */
const patience = 60_000;

/** The place of a claim: the n-th name that a registered model has. */
export interface NameClaim {
  model: string;
  names: number;
}

/**
 * Claims a name for a registered model, so that two servers cannot give it twice: the file of the next number
 * in the name's folder is created, which only one can. The claim of the greatest number counts.
 * @param isHeld whether the model of a claim has that name still; undefined where the model does not say yet
 * @throws MlflowError RESOURCE_ALREADY_EXISTS
 */
export async function claimName(
  store: Store,
  name: string,
  claim: NameClaim,
  { isHeld, now, taken }: { isHeld: (other: NameClaim) => boolean | undefined; now: Date; taken: string },
): Promise<void> {
  const place = `${claimsFolder}/names/${createHash("sha256").update(name).digest("hex")}`;
  const bytes = Buffer.from(`${JSON.stringify(claim)}\n`);
  for (;;) {
    const last = await lastNumber(store, place);
    if (last > 0 && (await stillHeld(store, `${place}/${last}`, isHeld, now))) throw alreadyExists(taken);
    if ((await store.create(`${place}/${last + 1}`, [bytes])) === "created") return;
  }
}

async function stillHeld(
  store: Store,
  path: string,
  isHeld: (other: NameClaim) => boolean | undefined,
  now: Date,
): Promise<boolean> {
  const [file, read] = [await store.stat(path), await store.read(path)];
  if (!file || !read) return false;
  const claim = claimIn(Buffer.from(read.bytes).toString("utf8"));
  // Another server may be between its claim and its document.
  return (claim && isHeld(claim)) ?? now.getTime() - file.modified.getTime() < patience;
}

function claimIn(text: string): NameClaim | undefined {
  try {
    const { model, names } = JSON.parse(text) as Partial<NameClaim>;
    return typeof model === "string" && typeof names === "number" ? { model, names } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Claims the next number of a version, which nobody gets again, whatever becomes of the version.
 * @param known the greatest number that is known of
 */
export async function claimVersion(
  store: Store,
  model: string,
  { known, now }: { known: number; now: Date },
): Promise<number> {
  const bytes = Buffer.from(`${now.toISOString()}\n`);
  for (let version = known + 1; ; version++) {
    if ((await store.create(`${claimsFolder}/versions/${model}/${version}`, [bytes])) === "created")
      return version;
  }
}

async function lastNumber(store: Store, place: string): Promise<number> {
  const entries = await store.list(place);
  return Math.max(0, ...entries.map(({ name }) => (/^[1-9]\d{0,14}$/.test(name) ? Number(name) : 0)));
}
