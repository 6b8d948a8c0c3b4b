import { expect } from "vitest";
import { z } from "zod";
import { merchants } from "#db/schema/merchants.ts";
import { createKey } from "#lib/api/keys.ts";
import { openApiDocument } from "#lib/api/openapi.ts";
import { OPERATIONS } from "#lib/api/registry.ts";
import { router } from "#lib/api/router.ts";
import { SCOPES, type Scope } from "#lib/api/scopes.ts";
import { serveApi } from "#lib/api/serve.ts";
import { newId } from "#lib/domain/ids.ts";
import { HOOK_SECRET, type World } from "#lib/payments/testing.ts";
import { sealFor } from "#lib/secrets.ts";

type Json = Record<string, unknown>;

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose shape the document has just been held against.
  body: any;
  text: string;
}

export interface Client {
  key: { id: string; secret: string };
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  send(method: string, path: string, init?: { headers?: Record<string, string>; body?: BodyInit | null }): Promise<Answer>;
}

/** A caller with a key of its own, whose every answer is held against docs/openapi.json's rules and the operation's list of codes. */
export async function client(
  world: Pick<World, "database" | "origin" | "merchantId">,
  more: { live?: boolean; scopes?: readonly Scope[]; merchantId?: string; ratePerMinute?: number } = {},
): Promise<Client> {
  const { live = false, scopes = SCOPES, merchantId = world.merchantId, ratePerMinute } = more;
  const made = await createKey(
    { merchantId, live, name: "test", scopes: [...scopes], createdBy: "test", ...(ratePerMinute && { ratePerMinute }) },
    world.database,
  );
  if (!made.ok) throw new Error(made.problem.code);
  const key = made.value;
  const send: Client["send"] = async (method, path, init = {}) => {
    const headers = { authorization: `Bearer ${key.secret}`, ...init.headers };
    const response = await serveApi(
      new Request(`${world.origin}/api/v1${path}`, { method, headers, body: init.body ?? null }),
      world.database,
    );
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, text, body: text === "" ? null : (JSON.parse(text) as unknown) };
    holdAgainstDocument(method, path, answer);
    return answer;
  };
  const json = { "content-type": "application/json" };
  return {
    key,
    send,
    get: (path, headers) => send("GET", path, headers ? { headers } : {}),
    post: (path, body, headers) =>
      send(
        "POST",
        path,
        body === undefined ? { headers: { ...headers } } : { headers: { ...json, ...headers }, body: JSON.stringify(body) },
      ),
    patch: (path, body) => send("PATCH", path, { headers: json, body: JSON.stringify(body) }),
    delete: (path) => send("DELETE", path),
  };
}

/** A merchant without accounts or orders. */
export async function otherMerchant({ database }: Pick<World, "database">): Promise<string> {
  const id = newId("merchant");
  const webhookSecret = sealFor("merchants.webhook_secret", id, HOOK_SECRET);
  await database.insert(merchants).values({ id, name: "Other Shop", webhookSecret });
  return id;
}

const find = router(OPERATIONS);
const document = openApiDocument() as { paths: Record<string, Record<string, Json>>; components: { schemas: Json } };
const readers = new Map<string, z.ZodType>();

/** Fails when an answer is not what the document says this operation answers with this status. */
function holdAgainstDocument(method: string, path: string, answer: Answer): void {
  const route = find(method, path.split("?")[0] ?? "");
  if (route.kind !== "found" || answer.text === "") return;
  const { operation } = route;
  const told = document.paths[operation.path]?.[operation.method.toLowerCase()] as {
    responses: Record<string, Json>;
    "x-problems": string[];
  };
  const response = told.responses[String(answer.status)];
  expect(response, `${operation.id} answers ${answer.status}, which its document does not have: ${answer.text}`).toBeDefined();
  if (answer.status >= 400) expect(told["x-problems"], `${operation.id}: ${answer.text}`).toContain((answer.body as { code: string }).code);
  const schema =
    answer.status >= 400
      ? { $ref: "#/components/schemas/Problem" }
      : (response as { content: { "application/json": { schema: Json } } }).content["application/json"].schema;
  const read = reader(`${operation.id} ${answer.status >= 400 ? "problem" : "reply"}`, schema).safeParse(answer.body);
  expect(read.success, `${operation.id}: ${JSON.stringify(read.error?.issues)} in ${answer.text}`).toBe(true);
}

/** A validator made from the document's JSON Schema, not from the schema that made it. */
function reader(name: string, schema: Json): z.ZodType {
  const known = readers.get(name);
  if (known) return known;
  const whole = JSON.parse(
    JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll("#/components/schemas/", "#/$defs/"),
  );
  const made = z.fromJSONSchema(whole as Parameters<typeof z.fromJSONSchema>[0]);
  readers.set(name, made);
  return made;
}
