import { TrackingError } from "../../tracking-error.js";
import { expressionError } from "./expression-error.js";
import { type AggregateFunction, expressionFunctions, type ValueType } from "./expression-functions.js";
import { type ExpressionNode, partsOf } from "./expression-node.js";
import { expressionText } from "./expression-text.js";
import { parseExpression } from "./parse-expression.js";

/** What a column is used as, which the uses say: open where it is only compared with others that are. */
export interface ColumnUse {
  type?: ValueType;
  /** The same as another, with which it is compared. */
  same?: ColumnUse;
}

export interface CheckedExpression {
  text: string;
  root: ExpressionNode;
  /** Features by `feature NAME`; y_true and y_pred of a classification are `label`. */
  uses: ReadonlyMap<string, ColumnUse>;
  features: readonly string[];
  /** Texts and numbers that are compared with labels: classes that must be there. */
  labels: readonly ExpressionNode[];
  /** Where y_score is in it. */
  scores: readonly ExpressionNode[];
  isWeighted: boolean;
  /** Of what hangs on single samples, the call. */
  extreme: string | undefined;
}

const plural: Record<ValueType, string> = { number: "a number", boolean: "a condition", text: "a text" };

/**
 * An expression that gives one number for any predictions of a kind that have its columns.
 * @throws TrackingError INVALID_ARGUMENT, with the place
 */
export function checkedExpression(text: string, kind: "classification" | "regression"): CheckedExpression {
  const root = parseExpression(text);
  const uses = new Map<string, ColumnUse>();
  const labels: ExpressionNode[] = [];
  /** What was looked at once: else what is nested would be looked at twice at every level. */
  const checked = new Set<ExpressionNode>();
  const fail = (node: ExpressionNode, message: string) => expressionError(text, node.from, message);
  const useOf = (name: string) => {
    const known = uses.get(name) ?? {};
    uses.set(name, known);
    return known;
  };

  /** The use of a column whose type is not known beforehand. */
  const openUse = (node: ExpressionNode): ColumnUse | undefined => {
    if (node.form === "feature") return finalUse(useOf(`feature ${node.name}`));
    if (kind === "classification" && isLabelColumn(node)) return finalUse(useOf("label"));
    return undefined;
  };
  const typeOf = (node: ExpressionNode): ValueType | undefined => {
    switch (node.form) {
      case "number":
        return "number";
      case "text":
        return "text";
      case "truth":
        return "boolean";
      case "call":
        return callType(node);
      case "class-score":
        checkClass(node);
        return "number";
      case "column":
        if (kind === "regression" && node.name === "y_score") {
          throw fail(node, "a regression has no y_score; take y_pred");
        }
        return openUse(node) ? openUse(node)!.type : "number";
      case "feature":
        return openUse(node)!.type;
    }
  };
  const checkClass = (node: ExpressionNode & { form: "class-score" }) => {
    if (kind === "regression") throw fail(node, "a regression has no y_score; take y_pred");
    if (checked.has(node)) return;
    checked.add(node);
    const { of } = node;
    if (isLabelColumn(of)) return;
    if (of.form !== "text" && of.form !== "number" && of.form !== "truth") {
      throw fail(of, 'y_score[...] takes a class, such as "ill", or y_true or y_pred');
    }
    want(of, typeOf(of)!);
    setUse(useOf("label"), typeOf(of)!, of);
    labels.push(of);
  };
  const setUse = (use: ColumnUse, type: ValueType, node: ExpressionNode) => {
    const last = finalUse(use);
    if (last.type !== undefined && last.type !== type) {
      throw fail(
        node,
        `it is used as ${plural[type]} here and as ${plural[last.type]} elsewhere; one of them is wrong`,
      );
    }
    last.type = type;
  };
  const want = (node: ExpressionNode, type: ValueType): void => {
    const found = typeOf(node);
    const use = openUse(node);
    if (found === undefined && use) setUse(use, type, node);
    else if (found !== type) {
      const what = use ? `is used as ${plural[found!]} elsewhere` : `is ${plural[found!]}`;
      throw fail(
        node,
        `${expressionText(node)} ${what}, and ${plural[type]} should be here${wayOut(found, type)}`,
      );
    }
  };
  const callType = (node: ExpressionNode & { form: "call" }): ValueType => {
    const { name, parts } = node;
    const known = expressionFunctions.get(name)!;
    if (checked.has(node)) return known.kind === "aggregate" ? "number" : known.gives;
    checked.add(node);
    if (known.kind === "aggregate") {
      checkAggregate(node, known);
      return "number";
    }
    if (known.takes === "two of a kind") {
      checkPair(node);
    } else if (known.takes === "numbers") {
      if (parts.length < 2) {
        const other = name === "min" ? "least" : "greatest";
        throw fail(
          node,
          `${name} compares two numbers or more of each sample; ${other}(x) is that of all samples`,
        );
      }
      for (const part of parts) want(part, "number");
    } else {
      const takes = known.takes;
      if (parts.length !== takes.length) {
        throw fail(
          node,
          `${name} takes ${takes.length} argument${takes.length === 1 ? "" : "s"}, and ${parts.length} are here`,
        );
      }
      for (const [i, part] of parts.entries()) want(part, takes[i]!);
    }
    return known.gives;
  };
  /** Two that are compared for equality: of two columns the one says what the other is. */
  const checkPair = ({ parts }: ExpressionNode & { form: "call" }) => {
    const [left, right] = parts as [ExpressionNode, ExpressionNode];
    const [typeLeft, typeRight] = [typeOf(left), typeOf(right)];
    if (typeLeft !== undefined) want(right, typeLeft);
    else if (typeRight !== undefined) want(left, typeRight);
    else {
      const [a, b] = [openUse(left)!, openUse(right)!];
      if (a !== b) a.same = b;
    }
    for (const [column, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const isLiteral = other.form === "text" || other.form === "number" || other.form === "truth";
      if (isLiteral && kind === "classification" && isLabelColumn(column)) labels.push(other);
    }
  };
  const checkAggregate = (node: ExpressionNode & { form: "call" }, known: AggregateFunction) => {
    const { name, parts } = node;
    const { takes, call } = known;
    if (parts.length < takes.length || parts.length > takes.length + 1) {
      throw fail(node, `it is ${call}, of which where, a condition, may be left out`);
    }
    for (const [i, what] of takes.entries()) {
      const part = parts[i]!;
      if (what === "share") {
        const isShare = part.form === "number" && part.value >= 0 && part.value <= 1;
        if (!isShare) throw fail(part, `${name} takes a number from 0 to 1 here, such as 0.9`);
        continue;
      }
      if (!(known.takesConditions && typeOf(part) === "boolean")) want(part, "number");
      if (!isColumn(part)) throw fail(part, `${name} is of a column, and this is one number for all samples`);
    }
    const where = parts[takes.length];
    if (!where) return;
    want(where, "boolean");
    if (!isColumn(where)) throw fail(where, "the condition says nothing of single samples");
  };

  want(root, "number");
  if (isColumn(root)) {
    throw fail(root, "it gives a number for every sample, and a score is one; put mean(...) around it");
  }
  const all = partsOf(root);
  if (
    !all.some(
      (node) =>
        (node.form === "column" && /^y_(?:pred|score)$/.test(node.name)) || node.form === "class-score",
    )
  ) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `expression is ${JSON.stringify(text)}, which has neither y_pred nor y_score, so that it says nothing of a model`,
    );
  }
  return {
    text,
    root,
    uses,
    features: [...new Set(all.flatMap((node) => (node.form === "feature" ? [node.name] : [])))],
    labels,
    scores: all.filter(
      (node) => node.form === "class-score" || (node.form === "column" && node.name === "y_score"),
    ),
    isWeighted: all.some((node) => node.form === "column" && node.name === "sample_weight"),
    extreme: all.map(extremeCall).find((call) => call !== undefined),
  };
}

/** What says the type of a column, and of those that it is compared with. */
export function finalUse(use: ColumnUse): ColumnUse {
  let last = use;
  while (last.same) last = last.same;
  return last;
}

/** Whether it has a value a sample, not one for all. */
export function isColumn(node: ExpressionNode): boolean {
  if (node.form === "call") {
    return expressionFunctions.get(node.name)!.kind === "element" && node.parts.some(isColumn);
  }
  return node.form === "column" || node.form === "feature" || node.form === "class-score";
}

function isLabelColumn(node: ExpressionNode): boolean {
  return node.form === "column" && (node.name === "y_true" || node.name === "y_pred");
}

function extremeCall(node: ExpressionNode): string | undefined {
  if (node.form !== "call") return undefined;
  const known = expressionFunctions.get(node.name)!;
  if (known.kind !== "aggregate") return undefined;
  const share = known.takes.indexOf("share");
  const part = share < 0 ? undefined : node.parts[share];
  const isEnd = part?.form === "number" && (part.value === 0 || part.value === 1);
  return known.isExtreme || isEnd ? expressionText(node) : undefined;
}

function wayOut(found: ValueType | undefined, wanted: ValueType): string {
  if (found === "boolean" && wanted === "number")
    return "; if(condition, 1, 0) makes a number of a condition";
  if (found === "number" && wanted === "boolean") return "; compare it, such as x > 0";
  if (found === "text" && wanted === "number") return '; compare a text by = or !=, such as y_true = "ill"';
  return wanted === "text" ? "; write a text in quotes" : "";
}
