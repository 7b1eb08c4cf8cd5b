/**
 * Why a file cannot be read, as the end of a sentence about it ("its footer is garbled"), and the way out.
 */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly wayOut: string;

  constructor(why: string, wayOut = damaged, options?: ErrorOptions) {
    super(why, options);
    this.wayOut = wayOut;
  }

  /** What a library found wrong with a part of the file; an UnreadableFile as it is. */
  static from(cause: unknown, part: string): UnreadableFile {
    if (cause instanceof UnreadableFile) return cause;
    return new UnreadableFile(`${part} is garbled (${(cause as Error).message})`, damaged, { cause });
  }
}

const damaged = "it is damaged, or no Parquet file: bring it back from a copy";
