/** What bytes say that cannot be, as the end of a sentence about the file: "its metadata ends too early". */
export class DamagedFile extends Error {
  override readonly name = "DamagedFile";
}
