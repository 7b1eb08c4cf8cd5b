import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkedExpression } from "../../src/added-scores/expression/checked-expression.js";
import type { ExpressionNode } from "../../src/added-scores/expression/expression-node.js";
import { expressionText } from "../../src/added-scores/expression/expression-text.js";
import { parseExpression } from "../../src/added-scores/expression/parse-expression.js";
import { TrackingError } from "../../src/tracking-error.js";

/** Without where the parts stand. */
function shape(node: ExpressionNode): unknown {
  if (node.form === "call") return [node.name, ...node.parts.map(shape)];
  if (node.form === "class-score") return ["y_score", shape(node.of)];
  return node.form === "number" || node.form === "text" || node.form === "truth"
    ? node.value
    : { [node.form]: node.name };
}

const at = { from: 0, to: 0 };
const { node: anyNode } = fc.letrec<{ node: ExpressionNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    fc
      .double({ min: 0, noNaN: true, noDefaultInfinity: true })
      .filter((value) => !Object.is(value, -0))
      .map((value): ExpressionNode => ({ form: "number", value, ...at })),
    fc.string({ unit: "binary" }).map((value): ExpressionNode => ({ form: "text", value, ...at })),
    fc.boolean().map((value): ExpressionNode => ({ form: "truth", value, ...at })),
    fc
      .constantFrom("y_true" as const, "y_pred" as const, "y_score" as const, "sample_weight" as const)
      .map((name): ExpressionNode => ({ form: "column", name, ...at })),
    fc
      .oneof(
        fc.string(),
        fc.constantFrom("age", "mean", "and", "y_true", "constructor", "__proto__", "größe"),
      )
      .map((name): ExpressionNode => ({ form: "feature", name, ...at })),
    fc
      .tuple(
        fc.constantFrom("+", "-", "*", "/", "^", "=", "!=", "<", "<=", ">", ">=", "and", "or"),
        tie("node"),
        tie("node"),
      )
      .map(([name, ...parts]): ExpressionNode => ({ form: "call", name, parts, ...at })),
    fc
      .tuple(fc.constantFrom("negative", "not"), tie("node"))
      .map(([name, ...parts]): ExpressionNode => ({ form: "call", name, parts, ...at })),
    fc
      .tuple(fc.constantFrom("mean", "if", "count", "least", "log2"), fc.array(tie("node"), { maxLength: 3 }))
      .map(([name, parts]): ExpressionNode => ({ form: "call", name, parts, ...at })),
    tie("node").map((of): ExpressionNode => ({ form: "class-score", of, ...at })),
  ),
}));

describe("the text of an expression", () => {
  it("parses to what it is printed from", () => {
    fc.assert(
      fc.property(anyNode, (node) => {
        const text = expressionText(node);
        fc.pre(text.length <= 2000);
        expect(shape(parseExpression(text))).toEqual(shape(node));
      }),
      { numRuns: 500 },
    );
  });

  it("gives an expression or an error with a place, whatever it is", () => {
    const words = fc.constantFrom(
      ..."y_true y_pred y_score [ ] ( ) , + - * / ^ = != < and or not if mean sum count quantile 1 0.5 'a' \"b\" true constructor __proto__ toString feature min".split(
        " ",
      ),
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.array(words, { maxLength: 30 }).map((all) => all.join(" ")),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom("classification" as const, "regression" as const), (text, kind) => {
        try {
          checkedExpression(text, kind);
        } catch (error) {
          expect(error).toBeInstanceOf(TrackingError);
          expect((error as TrackingError).code).toBe("INVALID_ARGUMENT");
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("binds as in school: powers before signs before products, conditions last", () => {
    expect(expressionText(parseExpression("-2^2 + 3 * x ^ -1 ^ 2"))).toBe(
      "(-(2 ^ 2)) + (3 * (x ^ (-(1 ^ 2))))",
    );
    expect(expressionText(parseExpression("not a = 1 and b < 2 or c"))).toBe(
      "((not (a = 1)) and (b < 2)) or c",
    );
    expect(expressionText(parseExpression("1 - 2 - 3"))).toBe("(1 - 2) - 3");
    expect(expressionText(parseExpression("a == 'x' or b <> \"y\""))).toBe('(a = "x") or (b != "y")');
  });

  it("takes time that grows with its length, however it is nested", () => {
    const nested = "mean(if(".repeat(24) + "y_pred = 1" + ", 1, 0))".repeat(24);
    expect(() => checkedExpression(nested, "regression")).toThrow("condition should be here");
    const compared = `${"(".repeat(40)}y_pred = 1${") = true".repeat(40)}`;
    expect(() => checkedExpression(`mean(${compared})`, "regression")).not.toThrow();
    expect(() => checkedExpression(`mean(y_pred${" + 1".repeat(490)})`, "regression")).not.toThrow();
  });
});

describe("what an expression may say", () => {
  const refused: readonly (readonly [expression: string, message: string, kind?: "regression"])[] = [
    ["mean(y_tru == 1)", "neither y_pred nor y_score"],
    ["mean(y_pred = 1", "character 16: the end stands where ) should close"],
    ["", "the end stands where a number, a column or a function should be"],
    ["meen(y_pred = 1)", "there is no function meen; did you mean mean?"],
    ["constructor(y_pred)", "there is no function constructor"],
    ["y_pred(1)", "y_pred is a column, not a function"],
    ["mean + 1", 'mean is a function: write mean(...), or feature["mean"]'],
    ["mean(1 < y_score < 2)", "can be read in two ways"],
    ["mean(y_true = 'ill)", "a text begins here that does not end"],
    ["mean(y_pred = 1) % 2", '"%" means nothing here'],
    ["mean(y_pred = 1) mean(y_pred)", '"mean" stands where the expression should end'],
    ["y_score", "it gives a number for every sample"],
    ["mean(y_pred = 1) > 0.5", "a number should be here"],
    [
      "mean(y_true = 'ill' and y_pred = 1)",
      "1 is a number, and a text should be here; write a text in quotes",
    ],
    ["mean(y_pred + (y_true = 1))", "if(condition, 1, 0) makes a number of a condition"],
    ["mean(y_score, y_score)", "compare it, such as x > 0"],
    ["mean(3) + mean(y_score)", "this is one number for all samples"],
    ["mean(y_score, 1 = 1)", "says nothing of single samples"],
    ["mean()", "it is mean(x, where)"],
    ["quantile(y_score, 90)", "a number from 0 to 1"],
    ["quantile(y_score, mean(y_score))", "a number from 0 to 1"],
    ["min(y_score)", "least(x) is that of all samples"],
    ["abs(y_score, 2)", "abs takes 1 argument, and 2 are here"],
    ["mean(y_score[y_score])", "takes a class"],
    ["mean(feature[3] + y_pred)", 'feature["odd name"]'],
    ["mean(y_pred * 1e999)", "too large a number"],
    ["mean(y_score)", "a regression has no y_score", "regression"],
    ["mean(y_score['a'])", "a regression has no y_score", "regression"],
    ["mean(y_pred = 'ill')", "is a text, and a number should be here", "regression"],
    ["mean(y_true)", "says nothing of a model", "regression"],
    [`mean(y_pred${" + y_pred".repeat(250)})`, "give at most 2000"],
    [`${"(".repeat(60)}mean(y_pred)${")".repeat(60)}`, "nested more than 50 deep", "regression"],
  ];
  for (const [expression, message, kind = "classification"] of refused) {
    it(`refuses ${expression.slice(0, 60) || "nothing"}`, () => {
      expect(() => checkedExpression(expression, kind)).toThrow(message);
    });
  }

  it("points at the place", () => {
    expect(() => checkedExpression('mean(if(y_pred = "ill", 1, "no"))', "classification")).toThrow(
      `expression, character 28: "no" is a text, and a number should be here; compare a text by = or !=, such as y_true = "ill"
  mean(if(y_pred = "ill", 1, "no"))
                             ^`,
    );
  });
});
