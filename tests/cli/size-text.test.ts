import { expect, it } from "vitest";

import { sizeText } from "../../src/cli/size-text.js";

it("a size is told in the unit that leaves something of it", () => {
  const sizes = [0, 1, 999, 1000, 2345, 999_949, 999_950, 12_345_678];
  expect(sizes.map(sizeText)).toEqual([
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1.0 kB",
    "2.3 kB",
    "999.9 kB",
    "1.0 MB",
    "12.3 MB",
  ]);
});
