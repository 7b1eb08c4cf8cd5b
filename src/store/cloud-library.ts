import { TrackingError } from "../tracking-error.js";

/**
 * A cloud's library, which is loaded only when a bucket is used.
 * @throws TrackingError INVALID_STORE that says what to install
 */
export async function cloudLibrary<T>(name: string, scheme: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    throw new TrackingError(
      "LIBRARY_NOT_INSTALLED",
      `stores at ${scheme}:// need the package ${name}, which is not installed; run: npm install ${name}`,
      { cause: error },
    );
  }
}
