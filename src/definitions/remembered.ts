/**
 * The same function, which answers at once for a sample that it was asked of before: many definitions share a
 * confusion matrix or an order of the scores. Kept as long as the sample is.
 */
export function remembered<Sample extends object, Answer>(
  make: (sample: Sample) => Answer,
): (sample: Sample) => Answer {
  const answers = new WeakMap<Sample, { answer: Answer }>();
  return (sample) => {
    let kept = answers.get(sample);
    if (!kept) {
      kept = { answer: make(sample) };
      answers.set(sample, kept);
    }
    return kept.answer;
  };
}
