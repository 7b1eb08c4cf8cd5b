import { codeOf, messageOf, TrackingError } from "../tracking-error.js";

/**
 * A library that only some users need: loaded when it is first used.
 * @param need what needs it, at the start of a sentence
 * @throws TrackingError LIBRARY_NOT_INSTALLED that says what to install
 */
export async function optionalLibrary<T>(name: string, need: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    // Jest and Yarn's Plug'n'Play say it as require does.
    const isMissing = ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"].includes(String(codeOf(error)));
    const why = isMissing ? "is not installed" : `cannot be loaded (${messageOf(error).split("\n")[0]})`;
    throw new TrackingError(
      "LIBRARY_NOT_INSTALLED",
      `${need} the package ${name}, which ${why}; run: npm install ${name}`,
      { cause: error },
    );
  }
}
