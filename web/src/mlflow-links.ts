/**
 * The page that an address of MLflow's own dashboard is about, as its clients print them, such as
 * `#/experiments/1/runs/qd3k9q2m5x1a7v0w`: an address below the dashboard's; undefined for any other.
 * @example mlflowPage("#/models/pets/versions/3") // "models/pets?version=3"
 */
export function mlflowPage(hash: string): string | undefined {
  const [path = ""] = hash.split("?", 1); // what it says after ? is about MLflow's own tables
  const [start, kind, id, what, which] = path.replace(/\/+$/, "").split("/");
  if (start !== "#") return undefined;
  if (kind === "models" && id === undefined) return "models";
  if (id === undefined || id === "") return undefined;
  if (kind === "experiments") {
    if (what === "runs" && which !== undefined) return `runs/${which}`;
    if (what === "models" && which !== undefined) return `logged-models/${which}`;
    return `mlflow/experiments/${id}`;
  }
  if (kind !== "models") return undefined;
  return what === "versions" && which !== undefined ? `models/${id}?version=${which}` : `models/${id}`;
}

interface PageHistory {
  replace: (path: string) => void;
}

/** Opens what MLflow's links are about, whether the dashboard opens with one or is given one later. */
export function followMlflowLinks(history: PageHistory): void {
  const follow = () => {
    const page = mlflowPage(window.location.hash);
    if (page === undefined) return;
    const { pathname, search } = new URL(page, document.baseURI);
    history.replace(pathname + search);
  };
  follow();
  addEventListener("hashchange", follow);
}
