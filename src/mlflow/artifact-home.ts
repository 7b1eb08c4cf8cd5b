/** What decides where an experiment's artifacts lie. */
interface Home {
  /** Of the experiment. */
  id: string;
  artifactLocation: string | undefined;
}

/** Where an experiment's artifacts lie: where its maker wants, or else behind this server. */
export function artifactHome({ id, artifactLocation }: Home): string {
  return artifactLocation ?? `mlflow-artifacts:/${id}`;
}

/** An address below it. */
export function addressBelow(home: Home, path: string): string {
  return `${artifactHome(home).replace(/\/+$/, "")}/${path}`;
}
