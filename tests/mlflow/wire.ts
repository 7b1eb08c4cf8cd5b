/** What MLflow's wire answers: tests look at it as it comes. */
export type WireAnswer = any; // oxlint-disable-line typescript/no-explicit-any -- an unknown would be cast at every look

/** Calls a route of MLflow's wire as its client does. @throws where the answer is an error */
export async function callWire(
  uri: string,
  route: `${"GET" | "POST"} ${string}`,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<WireAnswer> {
  const [method, path] = route.split(" ") as ["GET" | "POST", string];
  const address = `${uri}/api/2.0/mlflow/${path}`;
  const response =
    method === "GET"
      ? await fetch(`${address}?${new URLSearchParams(fields as Record<string, string>).toString()}`)
      : await fetch(address, {
          method,
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(fields),
        });
  const text = await response.text();
  if (!response.ok) throw new Error(`${route}: ${response.status} ${text}`);
  return JSON.parse(text);
}
