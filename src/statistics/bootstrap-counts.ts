import { binomialDraw } from "./binomial-draw.js";
import { seededRandom } from "./seeded-random.js";

/**
 * The bootstrap of samples that fall into cells: drawing as many samples again, with replacement, is one
 * multinomial draw of the cells' counts. The same distribution as drawing rows, at the cost of the cells.
 * @param use is called once a replicate with the counts drawn, which it must not keep
 * @example bootstrapCounts([5], 1, 0, (counts) => { if (counts[0] !== 5) throw new Error(); }) // undefined
 */
export function bootstrapCounts(
  counts: ArrayLike<number>,
  replicates: number,
  seed: number,
  use: (counts: Float64Array, replicate: number) => void,
): void {
  const random = seededRandom(seed);
  const drawn = new Float64Array(counts.length);
  let samples = 0;
  for (let cell = 0; cell < counts.length; cell++) samples += counts[cell]!;
  if (samples === counts.length) {
    // A sample in each cell (or some without): drawing the samples themselves is less work.
    const cellOf = new Uint32Array(samples);
    for (let cell = 0, at = 0; cell < counts.length; cell++) {
      for (let i = 0; i < counts[cell]!; i++) cellOf[at++] = cell;
    }
    for (let replicate = 0; replicate < replicates; replicate++) {
      drawn.fill(0);
      for (let i = 0; i < samples; i++) drawn[cellOf[Math.floor(random() * samples)]!]! += 1;
      use(drawn, replicate);
    }
    return;
  }
  for (let replicate = 0; replicate < replicates; replicate++) {
    let left = samples; // to be drawn
    let rest = samples; // of the counts from this cell on
    for (let cell = 0; cell < counts.length; cell++) {
      drawn[cell] = binomialDraw(left, counts[cell]! / rest, random);
      left -= drawn[cell]!;
      rest -= counts[cell]!;
    }
    use(drawn, replicate);
  }
}
