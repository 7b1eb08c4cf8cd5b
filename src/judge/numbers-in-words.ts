/** Numbers as the sentences about a comparison say them. */

/** Four digits that matter. */
export function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

export function signed(value: number): string {
  const text = short(value);
  return value > 0 ? `+${text}` : text;
}

export function counted(count: number): string {
  return `${count} ${count === 1 ? "sample" : "samples"}`;
}
