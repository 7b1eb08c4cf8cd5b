/** What the verdict says, for people who have never heard of the tests behind it. */
import type { Agreement, ScoreDifference } from "./judge-schema.js";
export function verdictInWords(difference: ScoreDifference): string {
  const { score, a, b, p, verdict, n, low, high, samples_needed: needed } = difference;
  const values = `${score} is ${short(a)} for A and ${short(b)} for B`;
  const sentences: string[] = [];
  if (verdict !== "no evidence") {
    sentences.push(`B is ${verdict} than A: ${values}.`);
    sentences.push(
      `If both were equally good, a difference like this would turn up by luck ${howOften(p!)}.`,
    );
  } else if (difference.difference === 0) {
    sentences.push(`No evidence that one is better: ${score} is ${short(a)} for both.`);
  } else {
    sentences.push(`No evidence that one is better: ${values}.`);
    if (p !== null) {
      sentences.push(`Between equally good models such a difference turns up by luck ${howOften(p)}.`);
    }
    if (needed !== null) {
      sentences.push(
        needed > n
          ? `To tell a difference of this size from luck takes about ${counted(needed)}; there are ${n}.`
          : `${counted(n)} would show a difference of this size four times out of five.`,
      );
    }
  }
  if (low !== null && high !== null && low !== high) {
    const percent = Number((difference.level * 100).toPrecision(6));
    sentences.push(
      `On other samples of the same kind the difference would be from ${signed(low)} to ${signed(high)} (${percent} % interval).`,
    );
  }
  return sentences.join(" ");
}

/** On how many samples the one is right, or nearer, where the other is not. */
export function effectInWords(agreement: Agreement): string {
  if (agreement.only_b_right !== null) {
    return `B is right on ${counted(agreement.only_b_right)} that A gets wrong, and wrong on ${agreement.only_a_right} that A gets right`;
  }
  return `B is nearer to the true value on ${counted(agreement.b_nearer!)}, A on ${agreement.a_nearer}, and on ${agreement.equally_near} both are equally near`;
}

function howOften(p: number): string {
  if (p < 0.001) return "less than once in 1000 times";
  if (p < 0.0015) return "about once in 1000 times";
  if (p < 0.1) return `about ${Math.round(p * 1000)} times in 1000`;
  return `about ${Math.round(p * 100)} times in 100`;
}

function counted(count: number): string {
  return `${count} ${count === 1 ? "sample" : "samples"}`;
}

/** Four digits that matter. */
function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function signed(value: number): string {
  const text = short(value);
  return value > 0 ? `+${text}` : text;
}
