/** A name of ours, as databases quote it that take double quotes for text. */
export function quotedByBackticks(name: string): string {
  return `\`${name}\``;
}

/** A text in databases that escape by backslashes. */
export function textWithBackslashes(value: string): string {
  return `'${value.replaceAll(/[\\']/g, (character) => `\\${character}`)}'`;
}
