let last: Promise<unknown> = Promise.resolve();

/**
 * Loads what a function needs when it is first called: who only logs does not wait for what judges. One after
 * the other, since Jest cannot import modules at once that import the same one.
 */
export function loadInTurn<Module>(load: () => Promise<Module>): Promise<Module> {
  const next = last.then(load);
  last = next.catch(() => {}); // who asked is told
  return next;
}
