import type { ShownOperation } from "#components/docs/operation.tsx";
import { curlOf } from "#lib/api/curl.ts";
import { codesOf, openApiDocument } from "#lib/api/openapi.ts";
import type { Operation } from "#lib/api/operation.ts";
import { OWN_CODES, statusOf } from "#lib/api/problems.ts";
import { OPERATIONS } from "#lib/api/registry.ts";
import { type FieldRow, fieldRows, typeText } from "#lib/api/schema-rows.ts";
import { problemSentence, problemTitle } from "#lib/api/words.ts";

type Json = Record<string, unknown>;

const document = openApiDocument() as {
  paths: Record<string, Record<string, Json>>;
  components: { schemas: Record<string, Json> };
};

/** The operations that fit a search (all of them without one), made ready for the page. */
export function shownOperations(search: string, origin: string): (ShownOperation & { group: Operation["group"] })[] {
  const wanted = search.toLowerCase();
  return OPERATIONS.filter((one) => `${one.id} ${one.path} ${one.summary} ${one.description ?? ""}`.toLowerCase().includes(wanted)).map(
    (one) => ({ group: one.group, ...shown(one, origin) }),
  );
}

function shown(one: Operation, origin: string): ShownOperation {
  const told = document.paths[one.path]?.[one.method.toLowerCase()] ?? {};
  const body = schemaAt(told.requestBody);
  const reply = schemaAt((told.responses as Record<string, unknown>)[String(one.status)]) ?? {};
  const list = ((reply.properties as Record<string, Json> | undefined)?.data?.items ?? null) as Json | null;
  const named = nameOf(list ?? reply);
  return {
    ...{ id: one.id, method: one.method, path: one.path, scope: one.scope, summary: one.summary },
    ...{ description: one.description ?? null, status: one.status, sandbox: one.sandbox === true, curl: curlOf(one, origin) },
    parameters: parametersOf(told),
    body: body ? fieldRows(resolved(body)) : [],
    reply: named ? { name: named, list: list !== null } : null,
    replyFields: named ? [] : fieldRows(reply),
    problems: codesOf(one).map((code) => ({ code, status: statusOf(code) })),
  };
}

function parametersOf(told: Json): FieldRow[] {
  return ((told.parameters ?? []) as Json[]).flatMap(({ name, schema, description, required }) =>
    typeof name === "string"
      ? [{ name, type: typeText(schema as Json), required: required === true, text: String(description ?? ""), component: null }]
      : [],
  );
}

/** Every object answers are made of, with its fields. */
export function shownObjects(): { name: string; text: string; fields: FieldRow[]; shapes: { name: string; fields: FieldRow[] }[] }[] {
  return Object.entries(document.components.schemas).map(([name, schema]) => ({
    name,
    text: String(schema.description ?? ""),
    fields: fieldRows(schema),
    shapes: ((schema.oneOf ?? []) as Json[]).map((shape) => ({
      name: String((shape.properties as Record<string, Json>).kind?.const),
      fields: fieldRows(shape),
    })),
  }));
}

/** Every problem an answer can carry: its own first, then the use cases', in the order of the operations. */
export function shownProblems(search: string): { code: string; status: number; title: string; text: string }[] {
  const codes = new Set([...OWN_CODES, ...OPERATIONS.flatMap(codesOf)]);
  const all = [...codes].map((code) => ({ code, status: statusOf(code), title: problemTitle(code), text: problemSentence(code) }));
  const found = all.filter(({ code, title, text }) => `${code} ${title} ${text}`.toLowerCase().includes(search.toLowerCase()));
  return found.toSorted((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1));
}

function schemaAt(holder: unknown): Json | null {
  const content = (holder as { content?: Record<string, { schema?: Json }> } | undefined)?.content;
  return content?.["application/json"]?.schema ?? null;
}

function nameOf({ $ref }: Json): string | null {
  return typeof $ref === "string" ? ($ref.split("/").at(-1) ?? null) : null;
}

function resolved(schema: Json): Json {
  const name = nameOf(schema);
  return name ? (document.components.schemas[name] ?? schema) : schema;
}
