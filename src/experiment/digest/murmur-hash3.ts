/**
 * Four running sums of 32-bit words, least significant first: together a sum of 128-bit hashes, once carried.
 */
export type HashSum = Float64Array;

/**
 * Adds the 128-bit hash of `words` to `sum`: MurmurHash3_x86_128 with seed 0 of the first `byteLength` bytes.
 *
 * The bytes lie in little-endian words, and every byte after them up to the next multiple of 16 is zero; a
 * zero word leaves the hash as it is, so that the tail needs no case of its own. Fewer than 2^20 hashes may
 * be added between two calls of `carry`, or a sum loses its exactness.
 *
 * The definition: https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp
 */
export function addHash(sum: HashSum, words: Int32Array, byteLength: number): void {
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  const bodyWords = (byteLength >>> 4) << 2;
  let i = 0;
  for (; i < bodyWords; i += 4) {
    h1 ^= scramble(words[i]!, c1, 15, c2);
    h1 = (Math.imul(((h1 << 19) | (h1 >>> 13)) + h2, 5) + 0x561ccd1b) | 0;
    h2 ^= scramble(words[i + 1]!, c2, 16, c3);
    h2 = (Math.imul(((h2 << 17) | (h2 >>> 15)) + h3, 5) + 0x0bcaa747) | 0;
    h3 ^= scramble(words[i + 2]!, c3, 17, c4);
    h3 = (Math.imul(((h3 << 15) | (h3 >>> 17)) + h4, 5) + 0x96cd1c35) | 0;
    h4 ^= scramble(words[i + 3]!, c4, 18, c1);
    h4 = (Math.imul(((h4 << 13) | (h4 >>> 19)) + h1, 5) + 0x32ac3b17) | 0;
  }
  if (byteLength & 15) {
    h1 ^= scramble(words[i]!, c1, 15, c2);
    h2 ^= scramble(words[i + 1]!, c2, 16, c3);
    h3 ^= scramble(words[i + 2]!, c3, 17, c4);
    h4 ^= scramble(words[i + 3]!, c4, 18, c1);
  }
  h1 ^= byteLength;
  h2 ^= byteLength;
  h3 ^= byteLength;
  h4 ^= byteLength;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = avalanche(h1);
  h2 = avalanche(h2);
  h3 = avalanche(h3);
  h4 = avalanche(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  sum[0]! += h1 >>> 0;
  sum[1]! += (h2 + h1) >>> 0;
  sum[2]! += (h3 + h1) >>> 0;
  sum[3]! += (h4 + h1) >>> 0;
}

/** Brings each of the four sums below 2^32, modulo 2^128 in all. */
export function carry(sum: HashSum): void {
  let over = 0;
  for (let i = 0; i < 4; i++) {
    const total = sum[i]! + over;
    over = Math.floor(total / 0x1_0000_0000);
    sum[i] = total - over * 0x1_0000_0000;
  }
}

/** The sum as 32 hexadecimal digits, most significant first. */
export function hexadecimal(sum: HashSum): string {
  carry(sum);
  return Array.from(sum, (word) => word.toString(16).padStart(8, "0"))
    .reverse()
    .join("");
}

const c1 = 0x239b961b;
const c2 = 0xab0e9789 | 0;
const c3 = 0x38b34ae5;
const c4 = 0xa1e38b93 | 0;

function scramble(word: number, before: number, rotation: number, after: number): number {
  const product = Math.imul(word, before);
  return Math.imul((product << rotation) | (product >>> (32 - rotation)), after);
}

function avalanche(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
