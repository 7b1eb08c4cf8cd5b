import { expect } from "vitest";
import { z } from "zod";

import { type Answer, ask, type Json } from "./running-server.js";

/** The OpenAPI document of a server, and its word on answers. */
export interface Documented {
  document: Record<string, Json>;
  /**
   * Fails unless the answer is as the document says of this route and status, with no key that it does not
   * name.
   */
  expectAsDocumented: (route: string, answer: Answer) => void;
}

export async function documented(address: string): Promise<Documented> {
  const document = (await ask(address, "/api/openapi.json")).json;
  const schemas = new Map<string, z.ZodType>();
  const schemaOf = (route: string, status: string): z.ZodType => {
    const key = `${status} ${route}`;
    const known = schemas.get(key);
    if (known) return known;
    const responses = document["paths"][route]?.get?.responses;
    const response = responses?.[status] ?? responses?.["default"];
    const schema = response?.content?.["application/json"]?.schema;
    if (!schema) throw new Error(`the document says nothing of ${status} of ${route}`);
    const made = z.fromJSONSchema(closed(document, schema) as Parameters<typeof z.fromJSONSchema>[0]);
    schemas.set(key, made);
    return made;
  };
  return {
    document,
    expectAsDocumented(route, { status, json, text }) {
      expect(json, text.slice(0, 200)).toBeDefined();
      const { error } = schemaOf(route, String(status)).safeParse(json);
      expect(error && `${route}: ${z.prettifyError(error)}`).toBeUndefined();
    },
  };
}

/** A schema with its references filled in, whose objects have no further keys. */
function closed(document: Json, schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((each) => closed(document, each));
  if (typeof schema !== "object" || schema === null) return schema;
  const { $ref, ...rest } = schema as Json;
  if (typeof $ref === "string") return closed(document, resolveReference(document, $ref));
  const copy = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, closed(document, value)]));
  return copy["properties"] === undefined ? copy : { additionalProperties: false, ...copy };
}

export function resolveReference(document: Json, reference: string): unknown {
  if (!reference.startsWith("#/")) throw new Error(`${reference} leads out of the document`);
  let found: unknown = document;
  for (const part of reference.slice(2).split("/")) {
    found = (found as Json)[part.replaceAll("~1", "/").replaceAll("~0", "~")];
    if (found === undefined) throw new Error(`${reference} leads nowhere`);
  }
  return found;
}
