import { Group, NativeSelect, Textarea } from "@mantine/core";

export type Kind = "classification" | "regression";
export type Direction = "higher" | "lower" | "zero";

export interface ExpressionFieldsProps {
  expression: string;
  onExpression: (expression: string) => void;
  /** Undefined until it is chosen. */
  direction: Direction | undefined;
  onDirection: (direction: Direction | undefined) => void;
  /** Undefined where the project has one kind only. */
  kind: Kind | undefined;
  onKind: (kind: Kind) => void;
}

/** An expression, and what it does not say itself: which values are better, and what it is a score of. */
export function ExpressionFields(props: ExpressionFieldsProps) {
  const { expression, onExpression, direction, onDirection, kind, onKind } = props;
  return (
    <>
      <Textarea
        label="Expression"
        placeholder="mean(abs(y_true - y_pred))"
        size="xs"
        autosize
        minRows={1}
        maxRows={10}
        value={expression}
        onChange={(event) => onExpression(event.currentTarget.value)}
      />
      <Group gap="xs" align="flex-end">
        <NativeSelect
          label="Better is"
          size="xs"
          data={[
            { value: "", label: "choose" },
            { value: "higher", label: "higher" },
            { value: "lower", label: "lower" },
            { value: "zero", label: "nearer to 0" },
          ]}
          value={direction ?? ""}
          onChange={({ currentTarget: { value } }) =>
            onDirection(value === "higher" || value === "lower" || value === "zero" ? value : undefined)
          }
        />
        {kind && (
          <NativeSelect
            label="Of a"
            size="xs"
            data={["classification", "regression"]}
            value={kind}
            onChange={({ currentTarget: { value } }) =>
              onKind(value === "regression" ? "regression" : "classification")
            }
          />
        )}
      </Group>
    </>
  );
}
