import { createHmac } from "node:crypto";
import type { Database } from "#db/client.ts";
import { readDeliveryBody, readExchange, readNotificationRaw, readRefusedRaw } from "#db/queries/doctor.ts";
import { validSecrets } from "#db/queries/endpoints.ts";
import { hmacKey } from "#lib/doctor/holders.ts";
import { readHolders } from "#lib/doctor/read-holders.ts";
import { unsealFor } from "#lib/secrets.ts";

/** What may be picked from the log, by its kind and id; a refused notification's id is `<account>.<slot>`. */
export const LOGGED = ["refused", "notification", "exchange", "delivery"] as const;
export type Logged = (typeof LOGGED)[number];

export interface LoggedMessage {
  /** As an HTTP request, so that it is read like a pasted one. */
  text: string;
  /** Whose keys it came for, where that is known. */
  holderId: string | null;
  at: Date;
  /** Cut where it was kept: longer than the log keeps. */
  cut: boolean;
}

/** What `storeRefused` keeps of a body. */
const REFUSED_BYTES = 4096;

/** A logged message of this merchant's, as text; null for another's and for an unknown one alike. */
export async function readLogged(database: Database, merchantId: string, kind: Logged, id: string): Promise<LoggedMessage | null> {
  if (!/^[\w.-]{1,80}$/.test(id)) return null;
  return READ[kind](database, merchantId, id);
}

type Read = (database: Database, merchantId: string, id: string) => Promise<LoggedMessage | null>;

const READ: Readonly<Record<Logged, Read>> = {
  refused: async (database, merchantId, id) => {
    const [accountId = "", slot = ""] = id.split(".");
    if (!/^\d{1,4}$/.test(slot)) return null;
    const row = await readRefusedRaw(database, merchantId, accountId, Number(slot));
    return row && inbound(unsealFor("refused_notifications.raw", `${accountId}.${slot}`, row.raw), accountId, row.receivedAt);
  },
  notification: async (database, merchantId, id) => {
    const row = await readNotificationRaw(database, merchantId, id);
    return row && inbound(unsealFor("notifications.raw", id, row.raw), row.accountId, row.receivedAt);
  },
  exchange: async (database, merchantId, id) => {
    const row = await readExchange(database, merchantId, id);
    if (!row) return null;
    const { pathname, search } = new URL(row.url);
    const text = request(row.method, pathname + search, row.requestHeaders, row.requestBody);
    return { text, holderId: row.accountId, at: row.startedAt, cut: false };
  },
  delivery: async (database, merchantId, id) => {
    const row = await readDeliveryBody(database, merchantId, id);
    if (!row) return null;
    if (row.message) {
      const { pathname, search } = new URL(row.message.url);
      const text = request(row.message.method, pathname + search, row.message.headers, row.message.body);
      return { text, holderId: null, at: new Date(), cut: false };
    }
    // Each try is signed anew: this is how a try made now would be.
    const secret = await signingSecret(database, merchantId, row.endpointId);
    const at = new Date();
    const time = Math.floor(at.getTime() / 1000);
    const signature = createHmac("sha256", hmacKey(secret)).update(`${row.id}.${time}.${row.body}`).digest("base64");
    const headers = {
      "content-type": "application/json",
      "webhook-id": row.id,
      "webhook-timestamp": String(time),
      "webhook-signature": `v1,${signature}`,
    };
    return { text: request("POST", "/", headers, row.body), holderId: null, at, cut: false };
  },
};

/** What signs for an endpoint now: its own newest secret, or the merchant's where it has none (an order's notify_url). */
async function signingSecret(database: Database, merchantId: string, endpointId: string): Promise<string> {
  const [own] = await validSecrets(database, merchantId, endpointId);
  if (own) return unsealFor("webhook_secrets.secret", own.id, own.secret);
  return (await readHolders(database, merchantId)).find(({ family }) => family === "webhook")?.secret ?? "";
}

/** A stored inbound message, unsealed, as an HTTP request. */
export function inbound(raw: string, holderId: string, at: Date): LoggedMessage {
  const kept = JSON.parse(raw) as { method: string; query: string; headers: Record<string, string>; body: string };
  const body = Buffer.from(kept.body, "base64");
  const query = kept.query.replace(/^\?/, "");
  const text = request(kept.method, `/${query ? `?${query}` : ""}`, kept.headers, body.toString("utf8"));
  return { text, holderId, at, cut: body.length >= REFUSED_BYTES };
}

function request(method: string, target: string, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${target} HTTP/1.1`, ...lines, "", body].join("\n");
}
