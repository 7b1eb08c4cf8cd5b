import { Alert } from "@mantine/core";

/** What cannot be shown, though the server answers. */
export function ProblemAlert({ title, text }: { title: string; text: string }) {
  return (
    <Alert color="red" variant="light" title={title} role="alert" style={{ overflowWrap: "anywhere" }}>
      {text}
    </Alert>
  );
}
