import { type Session, sqlText } from "../../duckdb/session.js";
import type { JsonColumn } from "../logs/catalog-log.js";
import { form } from "../project-state.js";
import { jsonOf } from "./stage.js";

/** A place in the JSON of the staged rows where values stand. */
export interface JsonLeaf {
  /** Its name in the mapping that it is a member of. */
  member: string;
  /** JSON pointer (RFC 6901). */
  pointer: string;
  /** Parts joined by dots. */
  name: string;
  depth: number;
  /** Bits of `form`. */
  forms: number;
  /** Whether mappings stand there too, in other rows. */
  alsoMapping: boolean;
  /** Rows that have a value there. */
  count: number;
}

/** A mapping whose members were looked at. */
export interface JsonMapping {
  pointer: string;
  name: string;
  depth: number;
  leaves: JsonLeaf[];
  /** Members that are mappings and were looked at in their turn. */
  opened: string[];
  /** Whether there are members that were not looked at. */
  hasMore: boolean;
}

/**
 * So many members of a mapping are looked at one by one, the most frequent ones; others are rare for certain.
 */
const mostMembers = 600;
/** So many mappings are looked at; each is a query. */
const mostMappings = 60;
/** Mappings nested deeper are values, as JSON text. */
export const deepestMapping = 32;
const membersAtOnce = 150;

/** The names in a JSON column of the stage, mapping by mapping, the outermost first. */
export async function findJsonNames(session: Session, column: JsonColumn): Promise<JsonMapping[]> {
  const found: JsonMapping[] = [];
  const waiting = [{ pointer: "", name: "", depth: 0 }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const mapping = await lookInto(session, jsonOf(column), next, found.length + waiting.length);
    found.push(mapping);
    for (const member of mapping.opened) {
      waiting.push({
        pointer: pointerOf(mapping.pointer, member),
        name: nameOf(mapping, member),
        depth: mapping.depth + 1,
      });
    }
  }
  return found;
}

async function lookInto(
  session: Session,
  json: string,
  place: { pointer: string; name: string; depth: number },
  mappings: number,
): Promise<JsonMapping> {
  const keys = place.pointer === "" ? `json_keys(${json})` : `json_keys(${json}, ${sqlText(place.pointer)})`;
  const members = (await session.rows(
    `SELECT k, count(*) FROM (SELECT unnest(${keys}) k FROM stage) GROUP BY k ORDER BY 2 DESC, 1 LIMIT ${mostMembers + 1}`,
  )) as [string, number][];
  const mapping: JsonMapping = { ...place, leaves: [], opened: [], hasMore: members.length > mostMembers };
  for (let at = 0; at < Math.min(members.length, mostMembers); at += membersAtOnce) {
    const part = members.slice(at, Math.min(at + membersAtOnce, mostMembers)).map(([member]) => member);
    const pointers = part.map((member) => pointerOf(place.pointer, member));
    const list = `[${pointers.map(sqlText).join(", ")}]`;
    const asks = part.map(
      (_, i) => `bit_or(${typeBits(`t[${i + 1}]`)}), count(*) FILTER (t[${i + 1}] NOT IN ('NULL', 'OBJECT'))`,
    );
    const [answers] = await session.rows(
      `SELECT ${asks.join(", ")} FROM (SELECT json_type(${json}, ${list}) t FROM stage)`,
    );
    for (const [i, member] of part.entries()) {
      const bits = (answers?.[2 * i] ?? 0) as number;
      const count = (answers?.[2 * i + 1] ?? 0) as number;
      const leaf: JsonLeaf = {
        member,
        pointer: pointers[i] as string,
        name: nameOf(place, member),
        depth: place.depth + 1,
        forms: bits & (form.number | form.text | form.boolean),
        alsoMapping: (bits & mappingBit) !== 0,
        count,
      };
      if (leaf.alsoMapping) {
        if (place.depth + 1 < deepestMapping && mappings + mapping.opened.length < mostMappings) {
          mapping.opened.push(member);
          const [[empty]] = (await session.rows(
            `SELECT count(*) FROM stage WHERE CAST(json_extract(${json}, ${sqlText(leaf.pointer)}) AS VARCHAR) = '{}'`,
          )) as [[number]];
          if (empty > 0) leaf.forms |= form.text;
          leaf.count += empty;
        } else {
          mapping.hasMore = true;
          continue; // with the rare ones, which are taken apart in another way
        }
      }
      if (leaf.forms !== 0) mapping.leaves.push(leaf);
    }
  }
  return mapping;
}

const mappingBit = 8;

function typeBits(type: string): string {
  return `CASE ${type} WHEN 'VARCHAR' THEN ${form.text} WHEN 'ARRAY' THEN ${form.text} WHEN 'BOOLEAN' THEN ${form.boolean}
    WHEN 'OBJECT' THEN ${mappingBit} WHEN 'NULL' THEN 0 ELSE CASE WHEN ${type} IS NULL THEN 0 ELSE ${form.number} END END`;
}

function pointerOf(parent: string, member: string): string {
  return `${parent}/${member.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function nameOf(parent: { name: string; depth: number }, member: string): string {
  return parent.depth === 0 ? member : `${parent.name}.${member}`;
}
