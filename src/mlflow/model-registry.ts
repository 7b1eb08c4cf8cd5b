import { randomBytes } from "node:crypto";
import type { JsonValue } from "../experiment/json-value.js";
import { whyNoKey } from "../history/event.js";
import type { Store } from "../store/store.js";
import { DocumentLog } from "./document-log.js";
import { InTurn } from "./in-turn.js";
import { doesNotExist, invalidParameter } from "./mlflow-error.js";
import {
  type ModelVersion,
  type RegisteredModel,
  registeredDocument,
  registeredOf,
  versionDocument,
  versionOf,
} from "./registered-model.js";
import { claimName, claimVersion } from "./registry-claims.js";
import { missing } from "./request-fields.js";
import { stages } from "./stages.js";
import type { VersionSource } from "./version-source.js";

type Texts = Readonly<Record<string, string>>;

/** A version together with the model that it is of. */
export interface FoundVersion {
  model: RegisteredModel;
  version: ModelVersion;
}

/** Lets an alias go to a version, or throws why it may not. `holder` has it now. */
export type AliasGate = (
  alias: string,
  found: FoundVersion,
  holder: ModelVersion | undefined,
) => Promise<void>;

interface Entry {
  model: RegisteredModel;
  versions: Map<number, ModelVersion>;
}

const longestName = 256;
const longestAlias = 255;
const longestTag = 100_000;
const activeStages = new Set<string>(["Staging", "Production"]);

/** The registered models of a store and their versions, in memory; a document each. */
export class ModelRegistry {
  readonly #store: Store;
  readonly #now: () => Date;
  readonly #documents: DocumentLog;
  readonly #turns = new InTurn();
  readonly #read = new WeakMap<object, RegisteredModel | ModelVersion>();
  #byId = new Map<string, Entry>();
  #byName = new Map<string, Entry>();

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
    this.#documents = new DocumentLog(store, "registry", now);
  }

  /** Takes in what others wrote since. */
  async refresh(): Promise<void> {
    await this.#documents.refresh();
    this.#index();
  }

  #index(): void {
    const byId = new Map<string, Entry>();
    const versions: ModelVersion[] = [];
    for (const [id, document] of this.#documents.entries()) {
      const found = this.#recordOf(id, document);
      if (found === undefined) continue;
      if ("version" in found) versions.push(found);
      else byId.set(found.id, { model: found, versions: new Map() });
    }
    for (const version of versions) byId.get(version.model)?.versions.set(version.version, version);
    this.#byId = byId;
    this.#byName = new Map();
    for (const entry of byId.values()) if (!entry.model.isDeleted) this.#byName.set(entry.model.name, entry);
  }

  #recordOf(
    id: string,
    document: Readonly<Record<string, JsonValue>>,
  ): RegisteredModel | ModelVersion | undefined {
    const known = this.#read.get(document);
    if (known) return known;
    const isModel = id.startsWith(modelMark);
    const found = isModel ? registeredOf(id.slice(modelMark.length), document) : versionOf(document);
    if (found) this.#read.set(document, found);
    return found;
  }

  /** A model with its versions that are not deleted. @throws MlflowError RESOURCE_DOES_NOT_EXIST */
  async get(name: string): Promise<{ model: RegisteredModel; versions: ModelVersion[] }> {
    const { model, versions } = await this.#entry(name);
    return { model, versions: [...versions.values()].filter(({ isDeleted }) => !isDeleted) };
  }

  async #entry(name: string): Promise<Entry> {
    if (!this.#byName.has(name)) await this.refresh();
    return this.#known(name);
  }

  #known(name: string): Entry {
    const found = this.#byName.get(name);
    if (found) return found;
    throw doesNotExist(`Registered Model with name=${name.slice(0, longestName)} not found`);
  }

  /** @throws MlflowError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE where `number` is none */
  async version(name: string, number: string): Promise<FoundVersion> {
    const wanted = versionNumber(number);
    const { model, versions } = await this.#entry(name);
    if (!versions.has(wanted)) await this.refresh();
    const version = this.#byId.get(model.id)?.versions.get(wanted);
    if (version && !version.isDeleted) return { model, version };
    throw doesNotExist(`Model Version (name=${name}, version=${number}) not found`);
  }

  /** The version that has an alias; `latest` is the newest one. */
  async aliased(name: string, alias: string): Promise<FoundVersion> {
    checkAlias(alias);
    const { model, versions } = await this.get(name);
    if (alias.toLowerCase() === "latest") {
      if (versions.length === 0) throw doesNotExist(`Latest version not found for model ${name}.`);
      return { model, version: versions.reduce((a, b) => (a.version > b.version ? a : b)) };
    }
    const number = Object.hasOwn(model.aliases, alias) ? model.aliases[alias] : undefined;
    const version = versions.find((each) => each.version === number);
    if (!version) throw invalidParameter(`Registered model alias ${alias} not found.`);
    return { model, version };
  }

  models(): RegisteredModel[] {
    return Array.from(this.#byName.values(), ({ model }) => model);
  }

  /** Every version of every model. */
  *versions(): Generator<FoundVersion> {
    for (const { model, versions } of this.#byName.values()) {
      for (const version of versions.values()) if (!version.isDeleted) yield { model, version };
    }
  }

  versionsOf({ id }: RegisteredModel): ModelVersion[] {
    return [...(this.#byId.get(id)?.versions.values() ?? [])].filter(({ isDeleted }) => !isDeleted);
  }

  /** @throws MlflowError RESOURCE_ALREADY_EXISTS, INVALID_PARAMETER_VALUE */
  create(given: { name: string; description: string; tags: Texts }): Promise<RegisteredModel> {
    checkName(given.name);
    const tags = checkedTags(given.tags);
    return this.#alone(async () => {
      const now = this.#now().getTime();
      const model: RegisteredModel = {
        id: randomBytes(8).toString("hex"),
        name: given.name,
        names: 1,
        description: given.description,
        tags,
        aliases: {},
        createdAt: now,
        updatedAt: now,
        isDeleted: false,
      };
      await this.#claim(model, tags);
      return this.#put(model);
    });
  }

  /** Versions, tags and aliases stay. @throws MlflowError RESOURCE_ALREADY_EXISTS */
  rename(name: string, newName: string): Promise<RegisteredModel> {
    checkName(newName);
    return this.#alone(async () => {
      const { model } = this.#known(name);
      const renamed = { ...model, name: newName, names: model.names + 1, updatedAt: this.#now().getTime() };
      await this.#claim(renamed, model.tags);
      return this.#put(renamed);
    });
  }

  async #claim(model: RegisteredModel, tags: Texts): Promise<void> {
    const known = this.#byName.get(model.name)?.model;
    await claimName(
      this.#store,
      model.name,
      { model: model.id, names: model.names },
      {
        isHeld: (other) => {
          const holder = this.#byId.get(other.model)?.model;
          if (!holder || holder.names < other.names) return undefined;
          return !holder.isDeleted && holder.name === model.name;
        },
        now: this.#now(),
        taken: takenName(model.name, isPrompt(tags), known ? isPrompt(known.tags) : isPrompt(tags)),
      },
    );
  }

  change(
    name: string,
    change: (model: RegisteredModel) => Partial<Pick<RegisteredModel, "description" | "tags">>,
    { isUpdate = false } = {},
  ): Promise<RegisteredModel> {
    return this.#alone(async () => {
      const { model } = this.#known(name);
      const changed = { ...model, ...change(model) };
      checkedTags(changed.tags);
      return this.#put(isUpdate ? { ...changed, updatedAt: this.#now().getTime() } : changed);
    });
  }

  delete(name: string): Promise<RegisteredModel> {
    return this.#alone(async () => {
      const { model } = this.#known(name);
      return this.#put({ ...model, isDeleted: true, updatedAt: this.#now().getTime() });
    });
  }

  /** Makes the next version of a model; its number is nobody else's, now or later. */
  createVersion(
    name: string,
    source: VersionSource,
    given: { description: string; runLink: string; tags: Texts },
  ): Promise<FoundVersion> {
    const tags = checkedTags(given.tags);
    return this.#alone(async () => {
      const { model, versions } = this.#known(name);
      const now = this.#now();
      const known = Math.max(0, ...versions.keys());
      const version: ModelVersion = {
        ...source,
        ...given,
        model: model.id,
        version: await claimVersion(this.#store, model.id, { known, now }),
        tags,
        stage: "None",
        createdAt: now.getTime(),
        updatedAt: now.getTime(),
        isDeleted: false,
      };
      await this.#putVersion(version);
      return { model: await this.#put({ ...model, updatedAt: now.getTime() }), version };
    });
  }

  changeVersion(
    name: string,
    number: string,
    change: (version: ModelVersion) => Partial<Pick<ModelVersion, "description" | "tags">>,
    { isUpdate = false } = {},
  ): Promise<FoundVersion> {
    return this.#alone(async () => {
      const { model, version } = await this.version(name, number);
      const changed = { ...version, ...change(version) };
      checkedTags(changed.tags);
      const updatedAt = isUpdate ? this.#now().getTime() : version.updatedAt;
      return { model, version: await this.#putVersion({ ...changed, updatedAt }) };
    });
  }

  /** @param archive moves the other versions of that stage to Archived */
  transition(name: string, number: string, given: string, archive: boolean): Promise<FoundVersion> {
    const stage = stages.find((each) => each.toLowerCase() === given.toLowerCase());
    if (stage === undefined) {
      throw invalidParameter(
        `Invalid Model Version stage: ${given.slice(0, 50)}. Value must be one of ${stages.join(", ")}.`,
      );
    }
    if (archive && !activeStages.has(stage)) {
      throw invalidParameter(
        `Model version transition cannot archive existing model versions because '${stage}' is not an Active stage. Valid stages are ['Staging', 'Production']`,
      );
    }
    return this.#alone(async () => {
      const { model, version } = await this.version(name, number);
      const updatedAt = this.#now().getTime();
      for (const other of archive ? this.versionsOf(model) : []) {
        if (other.version !== version.version && other.stage === stage) {
          await this.#putVersion({ ...other, stage: "Archived", updatedAt });
        }
      }
      const moved = await this.#putVersion({ ...version, stage, updatedAt });
      return { model: await this.#put({ ...model, updatedAt }), version: moved };
    });
  }

  /** Its aliases go with it; its number stays taken. */
  deleteVersion(name: string, number: string): Promise<void> {
    return this.#alone(async () => {
      const { model, version } = await this.version(name, number);
      const updatedAt = this.#now().getTime();
      const others = Object.entries(model.aliases).filter(([, each]) => each !== version.version);
      await this.#put({ ...model, aliases: Object.fromEntries(others), updatedAt });
      await this.#putVersion({ ...version, isDeleted: true, updatedAt });
    });
  }

  /** Gives an alias to a version, if the gate lets it. */
  async setAlias(name: string, alias: string, number: string, gate: AliasGate): Promise<void> {
    checkAlias(alias);
    refuseReserved(alias);
    await this.refresh();
    for (;;) {
      const found = await this.version(name, number);
      const holder = this.#holder(found.model, alias);
      await gate(alias, found, holder); // outside of the turn: it may take seconds
      const isSet = await this.#alone(async () => {
        const { model, version } = await this.version(name, number);
        if (this.#holder(model, alias)?.version !== holder?.version) return false; // decided on what was before
        await this.#put({ ...model, aliases: { ...model.aliases, [alias]: version.version } });
        return true;
      });
      if (isSet) return;
    }
  }

  #holder(model: RegisteredModel, alias: string): ModelVersion | undefined {
    const number = Object.hasOwn(model.aliases, alias) ? model.aliases[alias]! : 0;
    return this.versionsOf(model).find(({ version }) => version === number);
  }

  deleteAlias(name: string, alias: string): Promise<void> {
    checkAlias(alias);
    return this.#alone(async () => {
      const { model } = this.#known(name);
      if (!Object.hasOwn(model.aliases, alias)) return;
      const { [alias]: _, ...aliases } = model.aliases;
      await this.#put({ ...model, aliases });
    });
  }

  /** One change after the other, each after what every server wrote. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.run("registry", async () => {
      await this.refresh();
      return work();
    });
  }

  async #put(model: RegisteredModel): Promise<RegisteredModel> {
    await this.#documents.put(modelMark + model.id, registeredDocument(model));
    this.#index();
    return model;
  }

  async #putVersion(version: ModelVersion): Promise<ModelVersion> {
    await this.#documents.put(`${versionMark}${version.model}:${version.version}`, versionDocument(version));
    this.#index();
    return version;
  }
}

const modelMark = "model:";
const versionMark = "version:";

export function isPrompt(tags: Texts): boolean {
  const mark = "mlflow.prompt.is_prompt";
  return Object.hasOwn(tags, mark) && tags[mark]!.toLowerCase() === "true";
}

function takenName(name: string, wantsPrompt: boolean, isOtherPrompt: boolean): string {
  const [wanted, other] = [wantsPrompt, isOtherPrompt].map((prompt) =>
    prompt ? "Prompt" : "Registered Model",
  ) as [string, string];
  if (wanted === other) return `${wanted} (name=${name}) already exists.`;
  return `Tried to create a ${wanted.toLowerCase()} with name '${name}', but the name is already taken by a ${other.toLowerCase()}. A model and a prompt cannot have the same name.`;
}

function checkName(name: string): void {
  if (name.trim() === "") throw missing("name");
  if (/[/:]/.test(name)) {
    throw invalidParameter(
      `Invalid model name '${name.slice(0, longestName)}'. Names cannot contain '/' or ':'.`,
    );
  }
  const isPath = name === "." || name.startsWith("..");
  if (isPath || name.length > longestName || !name.isWellFormed() || /\p{Cc}/u.test(name)) {
    throw invalidParameter(
      `Invalid value ${JSON.stringify(name.slice(0, longestName))} for parameter 'name' supplied: a name has ${longestName} characters at most, no control character, and is neither "." nor begins with ".."`,
    );
  }
}

function checkedTags(tags: Texts): Texts {
  for (const [key, value] of Object.entries(tags)) {
    const reason = whyNoKey(key);
    if (reason !== undefined)
      throw invalidParameter(`Invalid tag name ${JSON.stringify(key.slice(0, 100))}: ${reason}`);
    if (value.length > longestTag) {
      throw invalidParameter(
        `the tag '${key}' has ${value.length} characters, which exceeds the maximum length of ${longestTag} characters`,
      );
    }
  }
  return tags;
}

function checkAlias(alias: string): void {
  if (!/^[\p{L}\p{N}_-]+$/u.test(alias)) {
    throw invalidParameter(
      `Invalid alias name: '${alias.slice(0, longestAlias)}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  }
  if (alias.length > longestAlias) {
    throw invalidParameter(
      `Registered model alias name exceeds the maximum length of ${longestAlias} characters`,
    );
  }
}

function refuseReserved(alias: string): void {
  if (alias.toLowerCase() === "latest") {
    throw invalidParameter("'latest' alias name (case insensitive) is reserved.");
  }
  if (/^v\d+$/i.test(alias)) throw invalidParameter(`Version alias name '${alias}' is reserved.`);
}

function versionNumber(text: string): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number)) {
    throw invalidParameter(`Parameter 'version' must be an integer, got '${text.slice(0, 50)}'.`);
  }
  return number;
}
