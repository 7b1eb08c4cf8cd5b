import type { Agreement, ScoreDifference } from "./judge-schema.js";
import { counted, short, signed } from "./numbers-in-words.js";

/** What the verdict says, for people who have never heard of the tests behind it. */
export function verdictInWords(difference: ScoreDifference): string {
  const { p, verdict, n, low, high, detectable, reason } = difference;
  const values = valuesInWords(difference);
  if (p === null) return `Whether B is better cannot be tested: ${values}; ${reason}.`;
  const sentences: string[] = [];
  if (verdict === "better" || verdict === "worse") {
    sentences.push(`B is ${verdict} than A: ${values}.`);
    sentences.push(`If both were equally good, a difference like this would turn up by luck ${howOften(p)}.`);
  } else {
    sentences.push(`No evidence that one is better: ${values}.`);
    if (difference.difference !== 0) {
      sentences.push(`Between equally good models such a difference turns up by luck ${howOften(p)}.`);
    }
    if (detectable !== null) {
      sentences.push(
        `${counted(n)} would show a true difference of about ${short(detectable.difference)} four times out of five.`,
      );
    }
  }
  if (low !== null && high !== null && low !== high) {
    const percent = Number((difference.level * 100).toPrecision(6));
    sentences.push(
      `On other samples of the same kind the difference would be from ${signed(low)} to ${signed(high)} (${percent} % interval).`,
    );
  }
  if (low === null && reason !== null) sentences.push(`There is no interval: ${reason}.`);
  return sentences.join(" ");
}

function valuesInWords({ score, a, b }: ScoreDifference): string {
  if (a === null) return `${score} is undefined for A and ${short(b!)} for B`;
  if (b === null) return `${score} is ${short(a)} for A and undefined for B`;
  return a === b ? `${score} is ${short(a)} for both` : `${score} is ${short(a)} for A and ${short(b)} for B`;
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
