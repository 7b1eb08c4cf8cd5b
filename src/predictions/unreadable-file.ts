/** Why a file cannot be read, as the end of a sentence about it ("its metadata ends too early"), and the way out. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly wayOut: string;

  constructor(why: string, wayOut = "it is damaged, or no Parquet file: bring it back from a copy") {
    super(why);
    this.wayOut = wayOut;
  }
}
