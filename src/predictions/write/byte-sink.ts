/** Bytes written one after the other into a buffer that grows. */
export class ByteSink {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  /** What was written, valid until the next write. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** What was written, for good: the next write starts another buffer. */
  take(): Uint8Array {
    const taken = this.written();
    this.bytes = new Uint8Array(0);
    this.length = 0;
    return taken;
  }

  /** Makes room for so many bytes more. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.written());
    this.bytes = larger;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  append(part: Uint8Array): void {
    this.reserve(part.length);
    this.bytes.set(part, this.length);
    this.length += part.length;
  }

  /** An unsigned number, little-endian. */
  uint32(value: number): void {
    this.reserve(4);
    this.length += 4;
    this.setUint32(this.length - 4, value);
  }

  setUint32(at: number, value: number): void {
    const { bytes } = this;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
  }

  /** An unsigned LEB128 number of at most 53 bits: seven bits a byte, the least significant first. */
  varint(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.length++] = rest;
  }

  /** A string's UTF-8, without its length. */
  utf8(text: string): void {
    this.reserve(text.length * 3); // no UTF-16 unit takes more than 3 bytes of UTF-8
    const { bytes, length: start } = this;
    let end = start;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) {
        end = start + encoder.encodeInto(text, bytes.subarray(start)).written;
        break;
      }
      bytes[end++] = unit;
    }
    this.length = end;
  }
}

const encoder = new TextEncoder();
