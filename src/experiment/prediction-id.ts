const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * A new prediction id: 12 characters of lower-case Crockford base 32 (no i, l, o, u), 60 random bits.
 * @param randomBytes gives that many bytes from a secure source
 */
export function newPredictionId(randomBytes: (count: number) => Uint8Array): string {
  // 32 divides 256, so the low five bits of a byte are as random as the byte.
  return Array.from(randomBytes(12), (byte) => alphabet[byte & 31]).join("");
}

export function isPredictionId(text: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{12}$/.test(text);
}
