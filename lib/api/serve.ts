import { type Database, db } from "#db/client.ts";
import { answerOf, problemAnswer, type Reply } from "#lib/api/answer.ts";
import { authenticate } from "#lib/api/authenticate.ts";
import { checkBody, checkQuery } from "#lib/api/check.ts";
import { claimKey, isIdempotencyKey, RunOver, settleKey } from "#lib/api/idempotency.ts";
import { openApiText } from "#lib/api/openapi.ts";
import type { Operation } from "#lib/api/operation.ts";
import { isFinal } from "#lib/api/problems.ts";
import { quotas } from "#lib/api/rate.ts";
import { readJson } from "#lib/api/read-json.ts";
import { OPERATIONS } from "#lib/api/registry.ts";
import { type ApiProblem, type ApiResult, refuse } from "#lib/api/result.ts";
import { router } from "#lib/api/router.ts";
import { API_VERSIONS, versionOf } from "#lib/api/version.ts";
import { headersOf, keep, type Visit } from "#lib/api/visit.ts";
import { boundedBody } from "#lib/bounded-body.ts";
import { clientAddress } from "#lib/client-address.ts";
import { newId, newToken } from "#lib/domain/ids.ts";
import { env, sandboxOn } from "#lib/env.ts";
import { log } from "#lib/log.ts";

export const API_ROOT = "/api/v1";
export const BODY_MAX = 64 * 1024;

/** A request, free of any framework. `body` reads at most BODY_MAX bytes: null when there are more. */
export interface ApiRequest {
  method: string;
  /** Path and query. */
  url: string;
  header(name: string): string | null;
  body(): Promise<Uint8Array | null>;
}

export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const find = router(OPERATIONS);
// One count per process: both module graphs (scripts/hot-routes.ts, the framework's bundle) share it.
const holder = globalThis as { shouyinApiLimits?: Record<"keys" | "strangers", ReturnType<typeof quotas>> };
function limits() {
  holder.shouyinApiLimits ??= { keys: quotas("key"), strangers: quotas("address") };
  return holder.shouyinApiLimits;
}
/** Requests a minute without a valid key, per address. */
const STRANGERS = 120;

/** Serves `/api/v1/…` as a web-standard handler; `answerApi` without its objects. */
export async function serveApi(request: Request, database: Database = db()): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const asked: ApiRequest = {
    method: request.method,
    url: pathname + search,
    header: (name) => request.headers.get(name),
    body: () => boundedBody(request, BODY_MAX),
  };
  const { status, headers, body } = await answerApi(asked, database);
  const bare = request.method === "HEAD" || status === 204;
  return new Response(bare ? null : body, { status, headers });
}

/**
 * Answers one request: route, key, limit, version, scope, schemas, idempotency, operation; each answers for itself, in this
 * order, and the first no is the answer (RFC 9457). Logged after the answer. Never throws.
 */
export async function answerApi(request: ApiRequest, database: Database = db()): Promise<ApiAnswer> {
  const ip = clientAddress(request.header("x-forwarded-for"), env().TRUSTED_PROXIES);
  const visit: Visit = {
    ...{ id: newId("request"), startedAt: performance.now(), operation: null, key: null, named: null, quota: null },
    ...{ bytes: new Uint8Array(), body: undefined, replayed: false, ip },
  };
  const reply = await handle(request, visit, database).catch((error: unknown) => problemAnswer(failureOf(error, visit), visit.id));
  const answer: ApiAnswer = { status: reply.status, headers: headersOf(request, reply, visit), body: reply.body };
  keep(request, visit, reply, database);
  return answer;
}

async function handle(request: ApiRequest, visit: Visit, database: Database): Promise<Reply> {
  const no = (problem: ApiProblem): Reply => problemAnswer(problem, visit.id);
  const [path = "", query = ""] = request.url.split(/\?(.*)/s);
  const below = path.slice(API_ROOT.length);
  if (below === "/openapi.json" && (request.method === "GET" || request.method === "HEAD")) {
    return { status: 200, type: "application/json", body: openApiText(), code: null, param: null, headers: {} };
  }
  const route = find(request.method, below);
  if (route.kind === "unknown") return no((await counted(request, visit, database)) ?? refuse("path_unknown").problem);
  if (route.kind === "other_method") {
    const allow = { Allow: route.allowed.join(", ") };
    if (request.method === "OPTIONS") return { status: 204, type: null, body: "", code: null, param: null, headers: allow };
    const over = await counted(request, visit, database);
    return no(over ?? refuse("method_not_allowed", null, { values: { allowed: allow.Allow }, headers: allow }).problem);
  }
  const { operation } = route;
  visit.operation = operation;
  const entered = await enter(request, visit, operation, database);
  if (entered) return no(entered);
  const params = operation.params ? operation.params.safeParse(route.params) : null;
  if (params && !params.success) return no(refuse("not_found", String(params.error.issues[0]?.path[0] ?? "")).problem);
  const asked = checkQuery(operation.query, new URLSearchParams(query));
  if (!asked.ok) return no(asked.problem);
  const unread = await readBody(request, visit, operation);
  if (unread) return no(unread);
  const body = operation.body ? checkBody(operation.body, visit.body) : emptyBody(visit.body);
  if (!body.ok) return no(body.problem);
  return run(request, visit, operation, { path: below, params: params?.data ?? {}, query: asked.value, body: body.value }, database);
}

type Entry = Awaited<ReturnType<typeof authenticate>>;

/** Whose request it is, counted for its key, or its address where it shows none that is let in. */
async function identify(request: ApiRequest, visit: Visit, database: Database): Promise<Entry> {
  // Of a database that does not answer nobody is to blame.
  visit.quota = limits().strangers.take(visit.ip, STRANGERS, false);
  const entry = await authenticate(database, request.header("authorization"));
  visit.named = entry.ok ? entry.key : entry.named;
  visit.quota = entry.ok ? limits().keys.take(entry.key.id, entry.key.ratePerMinute) : limits().strangers.take(visit.ip, STRANGERS);
  return entry;
}

function overLimit({ quota }: Visit): ApiProblem | null {
  return quota?.allowed === false ? refuse("rate_limited", null, { values: { limit: String(quota.limit) } }).problem : null;
}

/** Counts a request that leads nowhere, which needs no key. */
async function counted(request: ApiRequest, visit: Visit, database: Database): Promise<ApiProblem | null> {
  await identify(request, visit, database);
  return overLimit(visit);
}

/** Key, limits, version, scope, sandbox; null when the request may go on. */
async function enter(request: ApiRequest, visit: Visit, operation: Operation, database: Database): Promise<ApiProblem | null> {
  const entry = await identify(request, visit, database);
  const over = overLimit(visit);
  if (over) return over;
  if (!entry.ok) return refuse(entry.code, "Authorization", { headers: { "WWW-Authenticate": 'Bearer realm="Shouyin API"' } }).problem;
  const { key } = entry;
  visit.key = key;
  if (!versionOf(request.header("shouyin-version"))) {
    return refuse("version_unknown", "Shouyin-Version", { values: { versions: API_VERSIONS.join(", ") } }).problem;
  }
  if (operation.sandbox && !sandboxOn()) return refuse("path_unknown").problem;
  if (operation.sandbox && key.live) return refuse("test_key_required").problem;
  if (!key.scopes.includes(operation.scope)) {
    const challenge = `Bearer realm="Shouyin API", error="insufficient_scope", scope="${operation.scope}"`;
    return refuse("scope_missing", null, { values: { scope: operation.scope }, headers: { "WWW-Authenticate": challenge } }).problem;
  }
  return null;
}

async function readBody(request: ApiRequest, visit: Visit, operation: Operation): Promise<ApiProblem | null> {
  if (operation.method === "GET") return null;
  const bytes = await request.body();
  if (bytes === null) return refuse("body_too_large", null, { values: { max: String(BODY_MAX) } }).problem;
  visit.bytes = bytes;
  if (bytes.length === 0) {
    visit.body = {};
    return null;
  }
  if (!/^application\/json *(;|$)/i.test(request.header("content-type") ?? "")) {
    return refuse("content_type_unsupported", "Content-Type").problem;
  }
  const read = readJson(bytes);
  if (read.ok) visit.body = read.value;
  return read.ok
    ? null
    : refuse(read.code, "name" in read ? read.name : null, "name" in read ? { values: { param: read.name } } : {}).problem;
}

function emptyBody(body: unknown): { ok: true; value: unknown } | { ok: false; problem: ApiProblem } {
  if (body === undefined) return { ok: true, value: {} }; // a GET's is not read
  const [param] = typeof body === "object" && body !== null ? Object.keys(body) : ["body"];
  return param === undefined ? { ok: true, value: {} } : refuse("field_unknown", param, { values: { param } });
}

interface Checked {
  path: string;
  params: unknown;
  query: unknown;
  body: unknown;
}

const IN_FLIGHT = refuse("idempotency_in_flight", "Idempotency-Key").problem;
const UNKEYED = { made: null, run: null };

async function run(request: ApiRequest, visit: Visit, operation: Operation, checked: Checked, database: Database): Promise<Reply> {
  const { id: keyId = "", merchantId = "", live = false } = visit.key ?? {};
  const { path, params, query, body } = checked;
  const call = {
    caller: { keyId, merchantId, live },
    params,
    query,
    body,
    seed: newToken(),
    resumedFrom: null,
    ...UNKEYED,
    ip: visit.ip,
    database,
  };
  const answer = (result: ApiResult<unknown>): Reply =>
    result.ok ? answerOf(result.status ?? operation.status, result.value) : problemAnswer(result.problem, visit.id);
  const key = operation.method === "POST" ? unquoted(request.header("idempotency-key")) : null;
  if (key === null) return answer(await operation.run(call));
  if (!isIdempotencyKey(key)) return problemAnswer(refuse("idempotency_key_invalid", "Idempotency-Key").problem, visit.id);
  const { at, claim, resumedFrom } = await claimKey(database, { merchantId, live, key, method: request.method, path, body: visit.bytes });
  if (claim.kind === "reused") return problemAnswer(refuse("idempotency_key_reused", "Idempotency-Key").problem, visit.id);
  if (claim.kind === "in_flight") return problemAnswer(IN_FLIGHT, visit.id);
  if (claim.kind === "done") {
    visit.replayed = true;
    return { ...(JSON.parse(claim.body) as Reply), headers: { "Idempotent-Replayed": "true" } };
  }
  const { seed, made, leaseUntil } = claim;
  const run = { ...at, leaseUntil };
  const reply = await operation
    .run({ ...call, seed, resumedFrom, made, run })
    .then(answer)
    .catch((error: unknown) => (error instanceof RunOver ? null : problemAnswer(failureOf(error, visit), visit.id)));
  // Another run has the key: it will be that one's to answer.
  if (reply === null) return problemAnswer(IN_FLIGHT, visit.id);
  await settleKey(database, run, isFinal(reply.status, reply.code) ? reply.status : null, JSON.stringify({ ...reply, headers: {} }));
  return reply;
}

/** The draft's structured string, or bare text: both are the same key. */
function unquoted(header: string | null): string | null {
  return header !== null && /^".*"$/.test(header) ? header.slice(1, -1) : header;
}

/** A bug, or a database that does not answer: told apart for whoever retries. */
function failureOf(error: unknown, visit: Visit): ApiProblem {
  const { code = "", message = "error" } = error as { code?: string; message?: string };
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  const gone =
    /^(ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|08|57P|53)/.test(`${cause?.code ?? code}`) || /timeout exceeded|terminated/i.test(message);
  log.error({ request: visit.id, operation: visit.operation?.id ?? null, error: cause?.message ?? message }, "api: request failed");
  return refuse(gone ? "unavailable" : "internal").problem;
}
