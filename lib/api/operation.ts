import type { z } from "zod";
import type { Database } from "#db/client.ts";
import type { Run } from "#lib/api/idempotency.ts";
import type { ApiCode } from "#lib/api/problems.ts";
import type { ApiResult } from "#lib/api/result.ts";
import type { Scope } from "#lib/api/scopes.ts";

/** Who asks, as the key says. */
export interface Caller {
  keyId: string;
  merchantId: string;
  /** Live keys see and make live things only, test keys test things only. */
  live: boolean;
}

/** One request to an operation, checked against its schemas. */
export interface Call<Params, Query, Body> {
  caller: Caller;
  params: Params;
  query: Query;
  body: Body;
  /** Names what this request makes: the same at each run under one Idempotency-Key, fresh without. 26 base32 characters. */
  seed: string;
  /**
   * Set when an earlier run under the same Idempotency-Key ended without an answer (its process died): since when. What it did
   * outside of our database may have been done.
   */
  resumedFrom: Date | null;
  /** The id of what an earlier run has changed or made (lib/api/owner.ts): it is not to be done again, but to be told. */
  made: string | null;
  /** This run, where there is an Idempotency-Key. */
  run: Run | null;
  /** The caller's address. */
  ip: string;
  database: Database;
}

/** The parts of the documentation an operation stands in. */
export const GROUPS = ["orders", "attempts", "refunds", "links", "events", "webhooks", "accounts", "sandbox"] as const;
export type Group = (typeof GROUPS)[number];

interface Facts {
  /** `orders.create`: in the log, in OpenAPI (operationId), in the SDK. */
  id: string;
  group: Group;
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below /api/v1, with `{name}` for parameters. */
  path: string;
  scope: Scope;
  summary: string;
  description?: string;
  /** The status of success. */
  status: 200 | 201;
  /** What this operation, and not every one (COMMON_CODES), may say no with. */
  problems: readonly ApiCode[];
  /** Test keys only, and only while the sandbox is on. */
  sandbox?: true;
  /** A body for the documentation's example. */
  example?: Record<string, unknown>;
}

/** An operation as whoever defines it writes it: the schemas type the call. */
export interface Definition<Params, Query, Body, Reply> extends Facts {
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  reply: z.ZodType<Reply>;
  run(call: Call<Params, Query, Body>): Promise<ApiResult<Reply>>;
}

/** An operation as everybody else sees it: what validates a request also documents it. */
export interface Operation extends Facts {
  params: z.ZodType | null;
  query: z.ZodType | null;
  body: z.ZodType | null;
  reply: z.ZodType;
  run(call: Call<unknown, unknown, unknown>): Promise<ApiResult<unknown>>;
}

/** Makes an operation; the router gives `run` only what its schemas have accepted. */
export function operation<Params, Query, Body, Reply>(definition: Definition<Params, Query, Body, Reply>): Operation {
  const { params = null, query = null, body = null, run } = definition;
  return { ...definition, params, query, body, run: (call) => run(call as Call<Params, Query, Body>) };
}
