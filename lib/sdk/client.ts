import { Listing, type Page } from "./listing.ts";
import { type Call, type CallOptions, type Connection, pause, send } from "./send.ts";
import { verify } from "./webhooks.ts";
import type { Accounts } from "./wire/accounts.ts";
import type { Attempts } from "./wire/attempts.ts";
import type { Events } from "./wire/events.ts";
import type { Links } from "./wire/links.ts";
import { API_VERSION, OPERATIONS } from "./wire/operations.ts";
import type { Orders } from "./wire/orders.ts";
import type { Refunds } from "./wire/refunds.ts";
import type { Sandbox } from "./wire/sandbox.ts";
import type { Deliveries, WebhookEndpoints } from "./wire/webhooks.ts";

/** How a client is made. */
export interface ShouyinOptions {
  /** `sk_test_…` or `sk_live_…`. Keep it on your server. */
  key: string;
  /** Where Shouyin is: `https://pay.example.com`. */
  baseUrl: string;
  /** Of the API; by itself the one this package's types are of. */
  version?: string;
  /** For each try; 30,000 unless told. */
  timeoutMs?: number;
  /** Tries after the first, where trying again can do nothing twice; 2 unless told. */
  retries?: number;
  /** By itself the runtime's own. */
  fetch?: typeof fetch;
  /** Waits between tries: tests. */
  wait?: Connection["wait"];
}

const TIMEOUT_MS = 30_000;
const RETRIES = 2;

/**
 * A merchant's side of the API. Each operation is a method of its resource: what stands in its path, then its body or query, then
 * options. Throws what errors.ts has.
 */
export class Shouyin {
  readonly orders: Orders;
  readonly attempts: Attempts;
  readonly refunds: Refunds;
  readonly links: Links;
  readonly events: Events;
  readonly webhookEndpoints: WebhookEndpoints;
  readonly deliveries: Deliveries;
  readonly accounts: Accounts;
  readonly sandbox: Sandbox;
  readonly webhooks = { verify };

  constructor(options: ShouyinOptions) {
    const connection = connectionOf(options);
    this.orders = resource(connection, "orders");
    this.attempts = resource(connection, "attempts");
    this.refunds = resource(connection, "refunds");
    this.links = resource(connection, "links");
    this.events = resource(connection, "events");
    this.webhookEndpoints = resource(connection, "webhookEndpoints");
    this.deliveries = resource(connection, "deliveries");
    this.accounts = resource(connection, "accounts");
    this.sandbox = resource(connection, "sandbox");
  }
}

function connectionOf(options: ShouyinOptions): Connection {
  const { key, baseUrl, version = API_VERSION, timeoutMs = TIMEOUT_MS, retries = RETRIES, wait = pause } = options;
  if (!/^sk_(test|live)_\S+$/.test(key)) throw new TypeError("Shouyin: key is no API key (sk_test_… or sk_live_…)");
  if (!/^https?:\/\/[^?#]+$/.test(baseUrl)) throw new TypeError("Shouyin: baseUrl is no address (https://pay.example.com)");
  const root = `${baseUrl.replace(/\/+$/, "")}/api/v1`;
  // A method of `globalThis`: some runtimes refuse it under any other `this`.
  const ask: typeof fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
  return { key, root, version, fetch: ask, timeoutMs, retries, wait };
}

interface Row {
  method: Call["method"];
  path: string;
  takes: "body" | "query" | null;
  list: boolean;
}

/** The methods of one resource, made from the table; the generated interface types them (client.test.ts: none is missing). */
function resource<Resource>(connection: Connection, name: string): Resource {
  const rows = Object.entries<Row>(OPERATIONS).filter(([id]) => id.startsWith(`${name}.`));
  return Object.fromEntries(rows.map(([id, row]) => [id.slice(name.length + 1), methodOf(connection, id, row)])) as Resource;
}

function methodOf(connection: Connection, id: string, row: Row): (...given: unknown[]) => unknown {
  return (...given) => {
    const rest = [...given];
    const path = row.path.replaceAll(/\{(\w+)\}/g, (_, part: string) => {
      const value = rest.shift();
      if (typeof value !== "string" || value === "") throw new TypeError(`${id}: ${part} is missing`);
      return encodeURIComponent(value);
    });
    const input = row.takes ? rest.shift() : undefined;
    const options = rest.shift() as CallOptions | undefined;
    if (!row.list) {
      const query = row.takes === "query" ? queryOf(input) : "";
      const body = row.takes === "body" ? { body: input ?? {} } : {};
      return send(connection, { method: row.method, path: path + query, ...body }, options);
    }
    const read = (after: string | null) => {
      const { before: _, ...others } = (input ?? {}) as Record<string, unknown>;
      const asked = after === null ? input : { ...others, after };
      return send(connection, { method: row.method, path: path + queryOf(asked) }, options) as Promise<Page<unknown>>;
    };
    return new Listing(read);
  };
}

function queryOf(input: unknown): string {
  const pairs = Object.entries((input ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined && value !== null);
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`;
}
