const letters = "abcdefghjkmnpqrstvwxyz";
const alphabet = `0123456789${letters}`;

/**
 * A new prediction id: 12 characters of lower-case Crockford base 32 (no i, l, o, u), 59 random bits. The
 * first is a letter, so that no reader of CSV takes an id for a number, as it would 123456789012 or
 * 12345678e012. Ids of format 1 may begin with a digit.
 * @param randomBytes gives that many bytes from a secure source
 */
export function newPredictionId(randomBytes: (count: number) => Uint8Array): string {
  // 32 divides 256, so the low five bits of a byte are as random as the byte.
  return Array.from(randomBytes(12), (byte, i) =>
    i === 0 ? letters[Math.floor((byte * letters.length) / 256)] : alphabet[byte & 31],
  ).join("");
}

export function isPredictionId(text: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{12}$/.test(text);
}
