/** Where MLflow's clients keep the note of a run. */
export const noteTag = "mlflow.note.content";

/** Whether MLflow's clients set a tag by themselves, for their own use. */
export function isOwnTag(name: string): boolean {
  return name.startsWith("mlflow.");
}
