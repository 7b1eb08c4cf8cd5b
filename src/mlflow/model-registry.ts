import { randomBytes } from "node:crypto";
import type { JsonValue } from "../experiment/json-value.js";
import type { Store } from "../store/store.js";
import { DocumentLog } from "./document-log.js";
import { InTurn } from "./in-turn.js";
import { doesNotExist, invalidParameter } from "./mlflow-error.js";
import {
  aliasDocument,
  aliasOf,
  type ModelAlias,
  type ModelVersion,
  type RegisteredModel,
  registeredDocument,
  registeredOf,
  versionDocument,
  versionOf,
  type WholeModel,
} from "./registered-model.js";
import { claimName, claimVersion } from "./registry-claims.js";
import {
  checkAlias,
  checkedTags,
  checkName,
  longestName,
  refuseReserved,
  versionNumber,
} from "./registry-names.js";
import { stages } from "./stages.js";
import type { VersionSource } from "./version-source.js";

type Texts = Readonly<Record<string, string>>;

/** A version together with the model that it is of. */
export interface FoundVersion {
  model: WholeModel;
  version: ModelVersion;
}

/** Lets an alias go to a version, or throws why it may not. `holder` has it now. */
export type AliasGate = (
  alias: string,
  found: FoundVersion,
  holder: ModelVersion | undefined,
) => Promise<void>;

interface Entry {
  record: RegisteredModel;
  /** Deleted ones, too: their numbers stay taken. */
  versions: Map<number, ModelVersion>;
  aliases: Map<string, number>;
}

const activeStages = new Set<string>(["Staging", "Production"]);

/**
 * The registered models of a store with their versions and aliases, in memory. Each of these is a document of
 * its own, so that of two servers that change different ones at once neither undoes what the other did.
 */
export class ModelRegistry {
  readonly #store: Store;
  readonly #now: () => Date;
  readonly #documents: DocumentLog;
  readonly #turns = new InTurn();
  readonly #read = new WeakMap<object, RegistryRecord>();
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
    const others: (ModelVersion | ModelAlias)[] = [];
    for (const [id, document] of this.#documents.entries()) {
      const found = this.#recordOf(id, document);
      if (found === undefined) continue;
      if ("model" in found) others.push(found);
      else byId.set(found.id, { record: found, versions: new Map(), aliases: new Map() });
    }
    for (const each of others) {
      const entry = byId.get(each.model);
      if (!("alias" in each)) entry?.versions.set(each.version, each);
      else if (!each.isDeleted) entry?.aliases.set(each.alias, each.version);
    }
    this.#byId = byId;
    this.#byName = new Map();
    for (const entry of byId.values()) {
      if (!entry.record.isDeleted) this.#byName.set(entry.record.name, entry);
    }
  }

  #recordOf(id: string, document: Readonly<Record<string, JsonValue>>): RegistryRecord | undefined {
    const known = this.#read.get(document);
    if (known) return known;
    const found = recordOf(id, document);
    if (found) this.#read.set(document, found);
    return found;
  }

  /** @throws MlflowError RESOURCE_DOES_NOT_EXIST */
  async get(name: string): Promise<WholeModel> {
    return whole(await this.#entry(name));
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
    if (!(await this.#entry(name)).versions.has(wanted)) await this.refresh();
    const entry = this.#known(name);
    const version = entry.versions.get(wanted);
    if (version && !version.isDeleted) return { model: whole(entry), version };
    throw doesNotExist(`Model Version (name=${name}, version=${number}) not found`);
  }

  /** The version that has an alias; `latest` is the newest one. */
  async aliased(name: string, alias: string): Promise<FoundVersion> {
    checkAlias(alias);
    const model = await this.get(name);
    if (alias.toLowerCase() === "latest") {
      if (model.versions.length === 0) throw doesNotExist(`Latest version not found for model ${name}.`);
      return { model, version: model.versions.reduce((a, b) => (a.version > b.version ? a : b)) };
    }
    const version = holderOf(model, alias);
    if (!version) throw invalidParameter(`Registered model alias ${alias} not found.`);
    return { model, version };
  }

  models(): WholeModel[] {
    return Array.from(this.#byName.values(), whole);
  }

  /** Every version of every model. */
  versions(): FoundVersion[] {
    return this.models().flatMap((model) => model.versions.map((version) => ({ model, version })));
  }

  /** @throws MlflowError RESOURCE_ALREADY_EXISTS, INVALID_PARAMETER_VALUE */
  create(given: { name: string; description: string; tags: Texts }): Promise<WholeModel> {
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
        createdAt: now,
        updatedAt: now,
        isDeleted: false,
      };
      await this.#claim(model, tags);
      return this.#put(model);
    });
  }

  /** Versions, tags and aliases stay. @throws MlflowError RESOURCE_ALREADY_EXISTS */
  rename(name: string, newName: string): Promise<WholeModel> {
    checkName(newName);
    return this.#alone(async () => {
      const { record } = this.#known(name);
      if (name === newName) return this.#put({ ...record, updatedAt: this.#now().getTime() });
      const renamed = { ...record, name: newName, names: record.names + 1, updatedAt: this.#now().getTime() };
      await this.#claim(renamed, record.tags);
      return this.#put(renamed);
    });
  }

  async #claim(model: RegisteredModel, tags: Texts): Promise<void> {
    const known = this.#byName.get(model.name)?.record;
    await claimName(
      this.#store,
      model.name,
      { model: model.id, names: model.names },
      {
        isHeld: (other) => {
          const holder = this.#byId.get(other.model)?.record;
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
  ): Promise<WholeModel> {
    return this.#alone(async () => {
      const { record } = this.#known(name);
      const changed = { ...record, ...change(record) };
      checkedTags(changed.tags);
      return this.#put(isUpdate ? { ...changed, updatedAt: this.#now().getTime() } : changed);
    });
  }

  async delete(name: string): Promise<void> {
    await this.#alone(() => {
      const { record } = this.#known(name);
      return this.#put({ ...record, isDeleted: true, updatedAt: this.#now().getTime() });
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
      const { record: model, versions } = this.#known(name);
      const now = this.#now();
      const known = [...versions.keys()].reduce((a, b) => Math.max(a, b), 0);
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
      return this.#putVersion(version);
    });
  }

  changeVersion(
    name: string,
    number: string,
    change: (version: ModelVersion) => Partial<Pick<ModelVersion, "description" | "tags">>,
    { isUpdate = false } = {},
  ): Promise<FoundVersion> {
    return this.#alone(async () => {
      const { version } = await this.version(name, number);
      const changed = { ...version, ...change(version) };
      checkedTags(changed.tags);
      const updatedAt = isUpdate ? this.#now().getTime() : version.updatedAt;
      return this.#putVersion({ ...changed, updatedAt });
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
      for (const other of archive ? model.versions : []) {
        if (other.version !== version.version && other.stage === stage) {
          await this.#putVersion({ ...other, stage: "Archived", updatedAt });
        }
      }
      return this.#putVersion({ ...version, stage, updatedAt });
    });
  }

  /** Its aliases go with it; its number stays taken. */
  async deleteVersion(name: string, number: string): Promise<void> {
    await this.#alone(async () => {
      const { version } = await this.version(name, number);
      await this.#putVersion({ ...version, isDeleted: true, updatedAt: this.#now().getTime() });
    });
  }

  /** Gives an alias to a version, if the gate lets it. */
  async setAlias(name: string, alias: string, number: string, gate: AliasGate): Promise<void> {
    checkAlias(alias);
    refuseReserved(alias);
    await this.refresh();
    for (;;) {
      const found = await this.version(name, number);
      const holder = holderOf(found.model, alias);
      await gate(alias, found, holder); // outside of the turn: it may take seconds
      const isSet = await this.#alone(async () => {
        const { model, version } = await this.version(name, number);
        if (holderOf(model, alias)?.version !== holder?.version) return false; // decided on what was before
        await this.#putAlias({ model: model.id, alias, version: version.version, isDeleted: false });
        return true;
      });
      if (isSet) return;
    }
  }

  deleteAlias(name: string, alias: string): Promise<void> {
    checkAlias(alias);
    return this.#alone(async () => {
      const { record, aliases } = this.#known(name);
      const version = aliases.get(alias);
      if (version !== undefined) await this.#putAlias({ model: record.id, alias, version, isDeleted: true });
    });
  }

  /** One change after the other, each after what every server wrote. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.run("registry", async () => {
      await this.refresh();
      return work();
    });
  }

  async #put(model: RegisteredModel): Promise<WholeModel> {
    await this.#documents.put(modelMark + model.id, registeredDocument(model));
    this.#index();
    return whole(this.#byId.get(model.id)!);
  }

  async #putVersion(version: ModelVersion): Promise<FoundVersion> {
    await this.#documents.put(`${versionMark}${version.model}:${version.version}`, versionDocument(version));
    this.#index();
    return { model: whole(this.#byId.get(version.model)!), version };
  }

  async #putAlias(alias: ModelAlias): Promise<void> {
    await this.#documents.put(`${aliasMark}${alias.model}:${alias.alias}`, aliasDocument(alias));
    this.#index();
  }
}

/** A model was changed last when it or one of its versions was. */
function whole({ record, versions: all, aliases }: Entry): WholeModel {
  const versions = [...all.values()].filter(({ isDeleted }) => !isDeleted);
  const numbers = new Set(versions.map(({ version }) => version));
  return {
    ...record,
    updatedAt: [...all.values()].reduce((last, each) => Math.max(last, each.updatedAt), record.updatedAt),
    versions,
    aliases: Object.fromEntries([...aliases].filter(([, version]) => numbers.has(version))),
  };
}

/** The version that has an alias. */
function holderOf({ aliases, versions }: WholeModel, alias: string): ModelVersion | undefined {
  const number = Object.hasOwn(aliases, alias) ? aliases[alias] : undefined;
  return versions.find(({ version }) => version === number);
}

const modelMark = "model:";
const versionMark = "version:";
const aliasMark = "alias:";

type RegistryRecord = RegisteredModel | ModelVersion | ModelAlias;

function recordOf(id: string, document: Readonly<Record<string, JsonValue>>): RegistryRecord | undefined {
  if (id.startsWith(modelMark)) return registeredOf(id.slice(modelMark.length), document);
  if (id.startsWith(versionMark)) return versionOf(document);
  return id.startsWith(aliasMark) ? aliasOf(document) : undefined;
}

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
