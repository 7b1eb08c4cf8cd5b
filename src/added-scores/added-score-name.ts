/** Whether an added score can be called so: letters, digits and underscores, the first a letter. */
export function isAddedScoreName(name: string): boolean {
  return /^[A-Za-z]\w{0,59}$/.test(name);
}
