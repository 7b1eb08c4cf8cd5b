import { UnreadableFile } from "./unreadable-file.js";

/** A structure's fields by their ids. Whole numbers are exact up to 2^53. */
export type ThriftStruct = Map<number, ThriftValue>;
export type ThriftValue = boolean | number | Uint8Array | ThriftValue[] | ThriftStruct;

/**
 * Reads Thrift structures in the compact protocol, refusing what cannot be: a length beyond the bytes there are, nesting without end.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export class ThriftReader {
  readonly #bytes: Uint8Array;
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.#bytes = bytes;
    this.position = position;
  }

  struct(depth = 0): ThriftStruct {
    if (depth > 16) throw new UnreadableFile("its metadata is nested too deeply");
    const fields: ThriftStruct = new Map();
    let id = 0;
    for (;;) {
      const header = this.#byte();
      const type = header & 15;
      if (type === 0) return fields;
      id = header >>> 4 === 0 ? this.#zigzag() : id + (header >>> 4);
      fields.set(id, this.#value(type, depth));
    }
  }

  #value(type: number, depth: number): ThriftValue {
    switch (type) {
      case 1:
        return true;
      case 2:
        return false;
      case 3:
        return (this.#byte() << 24) >> 24;
      case 4:
      case 5:
      case 6:
        return this.#zigzag();
      case 7:
        return this.take(8); // a double, which Parquet's metadata has in no place that is read here
      case 8:
        return this.take(this.#varint());
      case 9:
      case 10:
        return this.#list(depth);
      case 12:
        return this.struct(depth + 1);
      default:
        throw new UnreadableFile(`its metadata has the unknown type ${type}`);
    }
  }

  #list(depth: number): ThriftValue[] {
    const header = this.#byte();
    const size = header >>> 4 === 15 ? this.#varint() : header >>> 4;
    if (size > this.#bytes.length - this.position) {
      throw new UnreadableFile(`its metadata claims a list of ${size} elements`);
    }
    const type = header & 15;
    if (type === 1 || type === 2) return Array.from({ length: size }, () => this.#byte() === 1);
    return Array.from({ length: size }, () => this.#value(type, depth + 1));
  }

  /** The bytes that follow, as many as `length`. */
  take(length: number): Uint8Array {
    if (length < 0 || length > this.#bytes.length - this.position)
      throw new UnreadableFile("a part of it ends too early");
    this.position += length;
    return this.#bytes.subarray(this.position - length, this.position);
  }

  #byte(): number {
    const byte = this.#bytes[this.position++];
    if (byte === undefined) throw new UnreadableFile("a part of it ends too early");
    return byte;
  }

  #varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = this.#byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
    throw new UnreadableFile("its metadata has a number of more than 64 bits");
  }

  #zigzag(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

export function numberField(struct: ThriftStruct, id: number, name: string): number {
  const value = struct.get(id);
  if (typeof value !== "number" || !Number.isSafeInteger(value))
    throw new UnreadableFile(`its metadata has no ${name}`);
  return value;
}

export function optionalNumber(struct: ThriftStruct, id: number): number | undefined {
  const value = struct.get(id);
  return typeof value === "number" ? value : undefined;
}

export function textField(struct: ThriftStruct, id: number, name: string): string {
  const value = struct.get(id);
  if (!(value instanceof Uint8Array)) throw new UnreadableFile(`its metadata has no ${name}`);
  return utf8.decode(value);
}

export function structField(struct: ThriftStruct, id: number, name: string): ThriftStruct {
  const value = struct.get(id);
  if (!(value instanceof Map)) throw new UnreadableFile(`its metadata has no ${name}`);
  return value;
}

/** The structures of a list. */
export function structsField(struct: ThriftStruct, id: number, name: string): ThriftStruct[] {
  const value = struct.get(id);
  if (!Array.isArray(value) || !value.every((element) => element instanceof Map)) {
    throw new UnreadableFile(`its metadata has no ${name}`);
  }
  return value;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
