import { z } from "zod";
import type { Operation } from "#lib/api/operation.ts";
import { type ApiCode, COMMON_CODES, statusOf } from "#lib/api/problems.ts";
import { OPERATIONS } from "#lib/api/registry.ts";
import { SCOPES } from "#lib/api/scopes.ts";
import { API_VERSIONS, DEFAULT_VERSION } from "#lib/api/version.ts";

type Json = { [name: string]: unknown };

/** What every problem looks like (RFC 9457). */
export const PROBLEM = z
  .strictObject({
    type: z.string().meta({ description: "The address of this problem's section in the documentation.", format: "uri" }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().meta({ description: "Stable; branch on this.", examples: ["order_not_open"] }),
    param: z.string().nullable().meta({ description: "The field, parameter or header it is about." }),
    request_id: z.string(),
    order: z.string().optional().meta({ description: "The order that was opened all the same." }),
  })
  .meta({ id: "Problem" });

/** Shared schemas found while operations are described, by name. */
class Components {
  readonly schemas: Record<string, Json> = {};

  /** A schema with its named parts moved to `#/components/schemas`. */
  of(schema: z.ZodType, io: "input" | "output"): Json {
    const { $defs = {}, $schema: _dialect, ...made } = z.toJSONSchema(schema, { target: "draft-2020-12", io }) as Json & { $defs?: Json };
    for (const [name, part] of Object.entries($defs)) {
      const { id: _named, ...rest } = part as Json;
      this.schemas[name] = moved(rest) as Json;
    }
    return moved(made) as Json;
  }
}

/** With every reference led to the components. */
function moved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moved);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "$ref" && typeof inner === "string" ? inner.replace("#/$defs/", "#/components/schemas/") : moved(inner),
    ]),
  );
}

/** The OpenAPI 3.1 document of the registry: the very schemas that validate. The same at every installation. */
export function openApiDocument(operations: readonly Operation[] = OPERATIONS): Json {
  const components = new Components();
  const paths: Record<string, Json> = {};
  for (const one of operations) {
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: described(one, components) };
  }
  components.of(PROBLEM, "output");
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: {
      title: "Shouyin API",
      version: DEFAULT_VERSION,
      summary: "Orders, payments, refunds, links and webhooks of a merchant.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v1" }],
    security: [{ key: [] }],
    tags: [...new Set(operations.map(({ group }) => group))].map((name) => ({ name })),
    paths,
    components: {
      schemas: sorted(components.schemas),
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: `A key as sk_test_… or sk_live_…. Scopes: ${SCOPES.join(", ")}.` },
      },
      parameters: {
        Version: {
          ...{ name: "Shouyin-Version", in: "header", required: false, schema: { type: "string", enum: [...API_VERSIONS] } },
          description: "The version of the API this request is written for.",
        },
        IdempotencyKey: {
          ...{ name: "Idempotency-Key", in: "header", required: false, schema: { type: "string", minLength: 1, maxLength: 255 } },
          description: "Makes the request safe to repeat: the same key with the same request gives the same answer, kept 48 hours.",
        },
      },
      responses: {
        Problem: {
          description: "RFC 9457.",
          headers: { ...HEADERS, "Retry-After": { $ref: "#/components/headers/RetryAfter" } },
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
      headers: {
        RequestId: { description: "Names the request in the log.", schema: { type: "string" } },
        RetryAfter: {
          description: "Of what passes by itself: seconds until the same request may be made again, under the same Idempotency-Key.",
          schema: { type: "integer" },
        },
        RateLimitPolicy: {
          description: 'How many requests a minute, as `"key";q=6000;w=60`; `"address"` of who shows no key that is let in.',
          schema: { type: "string" },
        },
        RateLimit: { description: 'What is left of the minute, as `"key";r=5999;t=42`.', schema: { type: "string" } },
      },
    },
  };
}

let text: string | null = null;

/** The document as JSON text, made once a process. */
export function openApiText(): string {
  text ??= `${JSON.stringify(openApiDocument(), null, 2)}\n`;
  return text;
}

function described(one: Operation, components: Components): Json {
  const body = one.body && {
    required: components.of(one.body, "input").required !== undefined,
    content: { "application/json": { schema: components.of(one.body, "input"), ...(one.example && { example: one.example }) } },
  };
  return {
    operationId: one.id,
    tags: [one.group],
    summary: one.summary,
    ...(one.description && { description: one.description }),
    "x-scope": one.scope,
    "x-problems": codesOf(one),
    parameters: [
      ...parameters(one.params, "path", components),
      ...parameters(one.query, "query", components),
      ...(one.method === "POST" ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : []),
      { $ref: "#/components/parameters/Version" },
    ],
    ...(body && { requestBody: body }),
    responses: {
      ...successes(one, components.of(one.reply, "output")),
      ...refusals(one),
    },
  };
}

const HEADERS = {
  "Request-Id": { $ref: "#/components/headers/RequestId" },
  RateLimit: { $ref: "#/components/headers/RateLimit" },
  "RateLimit-Policy": { $ref: "#/components/headers/RateLimitPolicy" },
};

/** 201 of what gives the thing that is there answers 200 as well. */
function successes(one: Operation, schema: Json): Json {
  const answer = (description: string) => ({ description, headers: HEADERS, content: { "application/json": { schema } } });
  if (one.status === 200) return { "200": answer("Done.") };
  return one.method === "POST" ? { "200": answer("It was there already."), "201": answer("Made.") } : { "201": answer("Made.") };
}

function parameters(schema: z.ZodType | null, place: "path" | "query", components: Components): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = components.of(schema, "input") as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    ...{ name, in: place, required: place === "path" || required.includes(name) },
    ...(typeof description === "string" && { description }),
    schema: rest,
  }));
}

/** One response a status, naming its codes. */
function refusals(one: Operation): Json {
  const byStatus = new Map<string, ApiCode[]>();
  for (const code of codesOf(one)) byStatus.set(String(statusOf(code)), [...(byStatus.get(String(statusOf(code))) ?? []), code]);
  return Object.fromEntries(
    [...byStatus]
      .sort()
      .map(([status, of]) => [status, { $ref: "#/components/responses/Problem", description: of.map((code) => `\`${code}\``).join(", ") }]),
  );
}

/** Every code an operation may answer with. */
export function codesOf(one: Operation): ApiCode[] {
  return [...new Set<ApiCode>([...one.problems, ...COMMON_CODES])];
}

function sorted(object: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
