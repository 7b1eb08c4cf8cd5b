import { createHash } from "node:crypto";
import type { JsonValue } from "../experiment/json-value.js";
import { projectName } from "../experiment/project-name.js";
import type { Store } from "../store/store.js";
import { everyProject } from "../tracking-log/project-folders.js";
import { artifactHome } from "./artifact-home.js";
import { DocumentLog } from "./document-log.js";
import { InTurn } from "./in-turn.js";
import { alreadyExists, doesNotExist, invalidParameter } from "./mlflow-error.js";
import type { SearchItem } from "./search/search-item.js";
import { wirePairs } from "./wire-pairs.js";

/** An experiment of MLflow: a project of ours, which MLflow's clients know by a number and by a name. */
export interface MlflowExperiment {
  id: string;
  /** As its user spells it. */
  name: string;
  project: string;
  tags: Readonly<Record<string, string>>;
  stage: "active" | "deleted";
  /** Milliseconds since 1970; 0 where nobody knows. */
  createdAt: number;
  updatedAt: number;
  /** Where runs keep artifacts, if not behind this server. */
  artifactLocation: string | undefined;
}

const defaultId = "0";
const defaultName = "Default";
const longestName = 500;
const longestTagKey = 250;
const longestTagValue = 20_000;
/** Milliseconds in which nobody looks for the names that other servers gave. */
const namesFor = 60_000;

/** The experiments of a store: those that MLflow's clients made, and every project of others. */
export class Experiments {
  readonly #store: Store;
  readonly #documents: DocumentLog;
  readonly #now: () => Date;
  readonly #inTurn = new InTurn();
  #namesAt = Number.NEGATIVE_INFINITY;
  #byId = new Map<string, MlflowExperiment>();
  #byName = new Map<string, MlflowExperiment>();

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
    this.#documents = new DocumentLog(store, "experiments", now);
  }

  async refresh(): Promise<void> {
    const projects = await everyProject(this.#store);
    await this.#documents.refresh();
    this.#index(projects);
  }

  /**
   * What MLflow's clients call the experiments that they made, by project: those made here at once, those of
   * other servers within a minute. What was known before where the store fails.
   */
  async namesByProject(): Promise<ReadonlyMap<string, string>> {
    const now = this.#now().getTime();
    if (now - this.#namesAt > namesFor) {
      this.#namesAt = now;
      await this.#documents.refresh().catch(() => {}); // the catalog's status says what is wrong with the store
    }
    const experiments = [...this.#documents.entries()].flatMap((entry) => fromDocument(...entry) ?? []);
    return new Map(experiments.map(({ project, name }) => [project, name]));
  }

  #index(projects: readonly string[]): void {
    const found: MlflowExperiment[] = [];
    for (const [id, document] of this.#documents.entries()) {
      const experiment = fromDocument(id, document);
      if (experiment) found.push(experiment);
    }
    const known = new Set(found.map(({ project }) => project));
    const names = new Set(found.map(({ name }) => name));
    if (!found.some(({ id }) => id === defaultId)) {
      const twin = projects.find((project) => project.toLowerCase() === defaultName.toLowerCase());
      found.unshift({ ...plain(twin ?? defaultName), id: defaultId, name: defaultName });
      known.add(twin ?? defaultName);
    }
    for (const project of projects) {
      if (!known.has(project)) found.push({ ...plain(project), name: unused(project, names) });
    }
    this.#byId = new Map(found.map((each) => [each.id, each]));
    this.#byName = new Map(found.map((each) => [each.name, each]));
  }

  /** @throws MlflowError RESOURCE_DOES_NOT_EXIST */
  get(id: string): MlflowExperiment {
    const found = this.#byId.get(id);
    if (!found) throw doesNotExist(`No Experiment with id=${id} exists`);
    return found;
  }

  find(id: string): MlflowExperiment | undefined {
    return this.#byId.get(id);
  }

  named(name: string): MlflowExperiment | undefined {
    return this.#byName.get(name);
  }

  all(): MlflowExperiment[] {
    return [...this.#byId.values()];
  }

  /** @throws MlflowError RESOURCE_ALREADY_EXISTS, INVALID_PARAMETER_VALUE */
  create(
    name: string,
    given: { artifactLocation: string | undefined; tags: Record<string, string> },
  ): Promise<MlflowExperiment> {
    // One after the other: two names may be one project's.
    return this.#inTurn.run("", () => this.#createNext(name, given));
  }

  async #createNext(
    name: string,
    { artifactLocation, tags }: { artifactLocation: string | undefined; tags: Record<string, string> },
  ): Promise<MlflowExperiment> {
    await this.refresh();
    const taken = this.#byName.get(checkedName(name));
    if (taken) {
      throw alreadyExists(
        taken.stage === "deleted"
          ? `Experiment '${name}' already exists in deleted state. You can restore the experiment, or permanently delete the experiment to create a new one.`
          : `Experiment(name=${name}) already exists.`,
      );
    }
    const projects = [...(await everyProject(this.#store)), ...this.all().map(({ project }) => project)];
    const project = projectOf(name, projects);
    const now = this.#now().getTime();
    const experiment = { ...plain(project), name, tags: checkedTags(tags), createdAt: now, updatedAt: now };
    await this.#put({ ...experiment, artifactLocation: artifactLocation || undefined });
    return this.get(experiment.id);
  }

  /**
   * Changes an experiment: one change after the other, so that each is made to what the one before left.
   * @param changeOf given the experiment as it is then; may refuse by throwing
   */
  change(
    id: string,
    changeOf: (before: MlflowExperiment) => Partial<Pick<MlflowExperiment, "name" | "stage" | "tags">>,
  ): Promise<MlflowExperiment> {
    return this.#inTurn.run(id, async () => {
      await this.refresh();
      const before = this.get(id);
      const { name = before.name, stage = before.stage, tags = before.tags } = changeOf(before);
      if (name !== before.name && this.#byName.has(checkedName(name)))
        throw alreadyExists(`Experiment(name=${name}) already exists.`);
      const updatedAt = this.#now().getTime();
      await this.#put({ ...before, name, stage, tags: checkedTags(tags), updatedAt });
      return this.get(id);
    });
  }

  async #put(experiment: MlflowExperiment): Promise<void> {
    const { id, name, project, tags, stage, createdAt, updatedAt, artifactLocation } = experiment;
    await this.#documents.put(id, {
      name,
      project,
      tags: { ...tags },
      stage,
      created_at: createdAt,
      updated_at: updatedAt,
      ...(artifactLocation === undefined ? {} : { artifact_location: artifactLocation }),
    });
    const before = this.#byId.get(id);
    if (before) this.#byName.delete(before.name);
    this.#byId.set(id, experiment);
    this.#byName.set(name, experiment);
  }
}

/** A project that no client of MLflow has said anything of. */
function plain(project: string): MlflowExperiment {
  return {
    id: experimentId(project),
    name: project,
    project,
    tags: {},
    stage: "active",
    createdAt: 0,
    updatedAt: 0,
    artifactLocation: undefined,
  };
}

/** 18 digits made from the project's name: the same for every server, whoever asks first. */
export function experimentId(project: string): string {
  const hash = createHash("sha256").update(project).digest().readBigUInt64BE();
  return String(10n ** 17n + (hash % (9n * 10n ** 17n)));
}

/** The project for an experiment's name: as everybody would spell it where that is free, else one made from it. */
function projectOf(name: string, projects: readonly string[]): string {
  const taken = new Set(projects.map((project) => project.toLowerCase()));
  const usual = usualProject(name);
  if (usual !== undefined && !taken.has(usual.toLowerCase())) return usual;
  const made = madeName(name).slice(0, 80).trim();
  // A renamed experiment keeps its project, so that the one made first may be taken as well.
  for (let i = 0; ; i++) {
    const mark = createHash("sha256")
      .update(i === 0 ? name : `${name}\n${i}`)
      .digest("hex")
      .slice(0, 8);
    const marked = `${made}-${mark}`;
    if (!taken.has(marked.toLowerCase())) return marked;
  }
}

function usualProject(name: string): string | undefined {
  try {
    return projectName(name);
  } catch {
    return undefined;
  }
}

/** The beginning of a project's name, which goes on with a mark. */
function madeName(name: string): string {
  const plainer = name
    .normalize("NFC")
    .replace(/[^\p{L}\p{N} .-]+/gu, "-")
    .replace(/^[-. ]+|[-. ]+$/g, "");
  const start = [...plainer].slice(0, 40).join("").trim();
  // "con.v1-..." would be a device to Windows, whatever comes after the dot.
  return isProject(`${start}-0`) ? start : start.replaceAll(".", "-").trim() || "experiment";
}

function unused(project: string, names: Set<string>): string {
  let name = project;
  for (let i = 2; names.has(name); i++) name = `${project} (${i})`;
  names.add(name);
  return name;
}

function checkedName(name: string): string {
  if (name.length > longestName) {
    throw invalidParameter(
      `'name' exceeds the maximum length of ${longestName} characters: it has ${name.length}`,
    );
  }
  if (!name.isWellFormed()) throw invalidParameter("'name' has half of a surrogate pair");
  return name;
}

function checkedTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  for (const [key, value] of Object.entries(tags)) {
    if (key.length > longestTagKey || value.length > longestTagValue) {
      throw invalidParameter(
        `the tag '${key.slice(0, 100)}' is too long: keys have ${longestTagKey} characters at most, values ${longestTagValue}`,
      );
    }
  }
  return { ...tags };
}

function fromDocument(
  id: string,
  document: Readonly<Record<string, JsonValue>>,
): MlflowExperiment | undefined {
  const { name, project, tags, stage, created_at: created, updated_at: updated } = document;
  const { artifact_location: location } = document;
  if (typeof name !== "string" || typeof project !== "string" || !isProject(project)) return undefined;
  return {
    id,
    name,
    project,
    tags: textsOf(tags),
    stage: stage === "deleted" ? "deleted" : "active",
    createdAt: typeof created === "number" ? created : 0,
    updatedAt: typeof updated === "number" ? updated : 0,
    artifactLocation: typeof location === "string" ? location : undefined,
  };
}

/** A document that anybody may have written must not lead out of the projects' folders. */
export function isProject(project: string): boolean {
  return usualProject(project) === project;
}

export function textsOf(value: JsonValue | undefined): Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === "string" ? [[key, text]] : [])),
  );
}

/** An experiment as the search sees it. */
export function experimentItem(experiment: MlflowExperiment): SearchItem {
  const attributes: Readonly<Record<string, string | number>> = {
    experiment_id: experiment.id,
    name: experiment.name,
    creation_time: experiment.createdAt,
    last_update_time: experiment.updatedAt,
  };
  return {
    attribute: (name) => attributes[name],
    metric: () => undefined,
    param: () => undefined,
    tag: (key) => (Object.hasOwn(experiment.tags, key) ? experiment.tags[key] : undefined),
  };
}

/** An experiment as the wire has it. */
export function wireExperiment(experiment: MlflowExperiment): Record<string, JsonValue> {
  const tags = wirePairs(experiment.tags);
  return {
    experiment_id: experiment.id,
    name: experiment.name,
    artifact_location: artifactHome(experiment),
    lifecycle_stage: experiment.stage,
    last_update_time: experiment.updatedAt,
    creation_time: experiment.createdAt,
    workspace: "default",
    ...(tags.length > 0 ? { tags } : {}),
  };
}
