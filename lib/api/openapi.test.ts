import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { codesOf, openApiDocument, openApiText } from "#lib/api/openapi.ts";
import { isApiCode, OWN_CODES, statusOf } from "#lib/api/problems.ts";
import { OPERATIONS } from "#lib/api/registry.ts";
import { SCOPES } from "#lib/api/scopes.ts";
import { problemDetail, problemSentence, problemTitle } from "#lib/api/words.ts";
import { LOCALES } from "#lib/i18n/locale.ts";

type Json = Record<string, unknown>;
const document = JSON.parse(readFileSync("docs/openapi.json", "utf8")) as Json & {
  paths: Record<string, Record<string, Json & { operationId: string; parameters: Json[]; responses: Record<string, Json> }>>;
  components: Record<string, Record<string, Json>>;
};
const operations = Object.entries(document.paths).flatMap(([path, verbs]) =>
  Object.entries(verbs).map(([verb, told]) => ({ path, verb, told })),
);

/** Every object and list in the document, with where it is. */
function walk(value: unknown, at = "#"): { at: string; value: Json }[] {
  if (typeof value !== "object" || value === null) return [];
  return [{ at, value: value as Json }, ...Object.entries(value).flatMap(([name, inner]) => walk(inner, `${at}/${name}`))];
}

describe("docs/openapi.json", () => {
  it("is what lib/api serves", () => expect(`${JSON.stringify(document, null, 2)}\n`).toBe(openApiText()));

  it("has what OpenAPI 3.1 asks of a document, and nothing it does not know at the top", () => {
    expect(document.openapi).toBe("3.1.0");
    const top = ["openapi", "jsonSchemaDialect", "info", "servers", "security", "tags", "paths", "components"];
    expect(Object.keys(document)).toEqual(top);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    expect(
      Object.keys(document.components).every((name) => ["schemas", "securitySchemes", "parameters", "responses", "headers"].includes(name)),
    ).toBe(true);
    for (const group of Object.values(document.components)) for (const name of Object.keys(group)) expect(name).toMatch(/^[\w.-]+$/);
  });

  it("each operation has a name of its own, its path's parameters, and answers with a description", () => {
    expect(new Set(operations.map(({ told }) => told.operationId)).size).toBe(OPERATIONS.length);
    const verbs = ["get", "post", "patch", "delete"];
    for (const { path, verb, told } of operations) {
      expect(verbs).toContain(verb);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const parameters = told.parameters.filter((one) => one.in === "path");
      expect(parameters.map(({ name }) => name)).toEqual(inPath);
      expect(parameters.every(({ required }) => required === true)).toBe(true);
      const keys = told.parameters.map((one) => String(one.$ref ?? `${one.in} ${one.name}`));
      expect(new Set(keys).size).toBe(keys.length);
      expect(told.requestBody !== undefined && (verb === "get" || verb === "delete")).toBe(false);
      for (const [status, answer] of Object.entries(told.responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(answer.description).toEqual(expect.any(String));
      }
      expect(Object.keys(told.responses).some((status) => status.startsWith("2"))).toBe(true);
    }
  });

  it("every reference leads somewhere inside it, and every schema is one of JSON Schema 2020-12 that can be read back", () => {
    const at = (pointer: string) =>
      pointer
        .slice(2)
        .split("/")
        .reduce<unknown>((value, name) => (value as Json | undefined)?.[name], document);
    const references = walk(document).filter(({ value }) => typeof value.$ref === "string");
    expect(references.length).toBeGreaterThan(100);
    for (const { at: place, value } of references) expect(at(String(value.$ref)), `${place} → ${value.$ref}`).toBeDefined();
    for (const { at: place, value } of walk(document)) {
      expect("nullable" in value && typeof value.nullable === "boolean", `${place}: nullable is OpenAPI 3.0's`).toBe(false);
      if (typeof value.pattern === "string") expect(() => new RegExp(String(value.pattern), "u"), place).not.toThrow();
      if (Array.isArray(value.required) && value.properties)
        for (const name of value.required) expect(Object.keys(value.properties)).toContain(name);
    }
    const $defs = JSON.parse(JSON.stringify(document.components.schemas).replaceAll("#/components/schemas/", "#/$defs/")) as Record<
      string,
      Json
    >;
    for (const [name, schema] of Object.entries($defs))
      expect(() => z.fromJSONSchema({ ...schema, $defs } as Parameters<typeof z.fromJSONSchema>[0]), name).not.toThrow();
  });

  it("each example is one its own schema takes", () => {
    for (const one of OPERATIONS) if (one.example) expect(one.body?.safeParse(one.example), one.id).toMatchObject({ success: true });
    expect(OPERATIONS.filter(({ method, body, example }) => method === "POST" && body && !example).map(({ id }) => id)).toEqual([
      "sandbox.pay",
    ]);
  });

  it("no answer of an object leaves room for a field that is not documented", () => {
    for (const [name, schema] of Object.entries(document.components.schemas ?? {}))
      if (schema.properties) expect(schema.additionalProperties, name).toBe(false);
  });

  it("the document does not depend on where it is served", () => expect(openApiDocument()).toEqual(openApiDocument()));
});

describe("problems", () => {
  const codes = [...new Set([...OWN_CODES, ...OPERATIONS.flatMap(codesOf)])];

  it("each has a status, a name and a sentence in three languages", () => {
    for (const code of codes) {
      expect(isApiCode(code)).toBe(true);
      expect(statusOf(code)).toBeGreaterThanOrEqual(400);
      for (const locale of LOCALES) {
        expect(problemTitle(code, locale).length, `${code} ${locale}`).toBeGreaterThan(1);
        expect(problemSentence(code, locale).length, `${code} ${locale}`).toBeGreaterThan(5);
      }
    }
  });

  it("a sentence is said with its values", () => {
    expect(problemDetail("field_unknown", { param: "colour" })).toBe("There is no field `colour` here.");
    expect(problemDetail("scope_missing", { scope: "orders:read" })).toContain("orders:read");
  });

  it("each operation's scope is one of the list, and each scope is asked for by some operation", () => {
    expect(new Set(OPERATIONS.map(({ scope }) => scope))).toEqual(new Set(SCOPES));
  });

  it("what every operation may say is not said by any of them again", () => {
    for (const one of OPERATIONS) expect(new Set(one.problems).size, one.id).toBe(one.problems.length);
  });
});

describe("the API's own codes", () => {
  const sources = globSync("lib/api/*.test.ts").map((file) => readFileSync(file, "utf8"));

  it.each(OWN_CODES)("%s is provoked by a test", (code) => {
    // Once in quotes, here or beside here: the lists of codes stand in other files.
    expect(sources.some((text) => text.includes(`"${code}"`))).toBe(true);
  });
});
