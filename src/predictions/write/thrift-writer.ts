import { ByteSink } from "./byte-sink.js";

/** The element types of the Thrift compact protocol that Parquet's metadata uses. */
export const thriftType = { true: 1, false: 2, i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;
type ThriftType = (typeof thriftType)[keyof typeof thriftType];

/**
 * Writes Thrift structures in the compact protocol, as Parquet's page headers and footer are.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export class ThriftWriter {
  readonly #sink = new ByteSink(256);
  /**
   * The last field id of each structure that is open, the innermost last: a field header holds the difference
   * to it.
   */
  readonly #lastFields: number[] = [];

  /** What was written so far; valid until the next write. */
  get bytes(): Uint8Array {
    return this.#sink.written();
  }

  reset(): void {
    this.#sink.length = 0;
  }

  /** A structure: a field of the one around it, or, without an id, an element of a list or the outermost. */
  struct(id: number | undefined, writeFields: () => void): void {
    if (id !== undefined) this.#field(id, thriftType.struct);
    this.#lastFields.push(0);
    writeFields();
    this.#lastFields.pop();
    this.#sink.byte(0);
  }

  /** A list; its elements are written by `writeElement`, one call each. */
  list<T>(id: number, type: ThriftType, elements: readonly T[], writeElement: (element: T) => void): void {
    this.#field(id, thriftType.list);
    if (elements.length < 15) this.#sink.byte((elements.length << 4) | type);
    else {
      this.#sink.byte(0xf0 | type);
      this.#sink.varint(elements.length);
    }
    for (const element of elements) writeElement(element);
  }

  /** A field of at most 32 bits, signed. */
  i32(id: number, value: number): void {
    this.#field(id, thriftType.i32);
    this.element(value);
  }

  /** A field of at most 53 bits, not negative. */
  i64(id: number, value: number): void {
    this.#field(id, thriftType.i64);
    this.#sink.varint(value * 2);
  }

  binary(id: number, value: Uint8Array | string): void {
    this.#field(id, thriftType.binary);
    this.element(value);
  }

  /** An element of a list: an i32, or binary. */
  element(value: number | Uint8Array | string): void {
    if (typeof value === "number") this.#sink.varint(((value << 1) ^ (value >> 31)) >>> 0);
    else {
      const bytes = typeof value === "string" ? utf8.encode(value) : value;
      this.#sink.varint(bytes.length);
      this.#sink.append(bytes);
    }
  }

  #field(id: number, type: ThriftType): void {
    const depth = this.#lastFields.length - 1;
    this.#sink.byte(((id - this.#lastFields[depth]!) << 4) | type); // Parquet's ids never lie more than 15 apart
    this.#lastFields[depth] = id;
  }
}

const utf8 = new TextEncoder();
