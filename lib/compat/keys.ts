import { randomBytes } from "node:crypto";
import { type Database, db, inTransaction } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import { type CompatKey, changeKey, insertKey, ownKey } from "#db/queries/compat-keys.ts";
import { PRIVATE_KEY_COLUMN, SECRET_COLUMN } from "#lib/compat/caller.ts";
import { type CompatGateway, compatGatewayById } from "#lib/compat/gateways.ts";
import { readPublicKey } from "#lib/compat/public-key.ts";
import { makeRsaKeyPair } from "#lib/crypto/rsa.ts";
import { newId } from "#lib/domain/ids.ts";
import { isWebAddress } from "#lib/payments/open-order.ts";
import { sealFor } from "#lib/secrets.ts";

/** What is shown once and kept nowhere in clear: the shared secret, and the private key of a pair that was made for the shop. */
export interface ShownOnce {
  secret: string | null;
  privateKey: string | null;
}

export type KeyProblem = "gateway_unknown" | "account_unknown" | "page_url_invalid" | "public_key_invalid" | "key_unknown";
export type KeyResult = { ok: true; key: CompatKey; once: ShownOnce } | { ok: false; problem: KeyProblem };

/** Numbers are random: two draws of one are a coincidence, many are a mistake. */
const DRAWS_MAX = 5;

/**
 * Makes a key: numbers as the gateway's document has them, and secrets. Where both sides sign by RSA the shop's public key may
 * be given; else a pair is made whose private half is in the answer and nowhere else. `accountId`: every order through this one.
 * `pageUrl`: the shop's page that is opened with the shopper's openid (serve.ts `/container`).
 */
export async function createCompatKey(
  input: {
    merchantId: string;
    gateway: string;
    live: boolean;
    accountId: string | null;
    pageUrl?: string;
    publicKey: string;
    createdBy: string;
  },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<KeyResult> {
  const gateway = compatGatewayById(input.gateway);
  if (!gateway) return refuse("gateway_unknown");
  const account = input.accountId ? await accountById(database, input.accountId) : null;
  if (input.accountId && (account?.merchantId !== input.merchantId || account.live !== input.live)) return refuse("account_unknown");
  const pageUrl = input.pageUrl?.trim() || null;
  if (pageUrl !== null && !isWebAddress(pageUrl)) return refuse("page_url_invalid");
  const id = newId("compatKey");
  const made = await freshSecrets(gateway, id, input.publicKey);
  if (!made) return refuse("public_key_invalid");
  const { merchantId, live, createdBy } = input;
  for (let draw = 0; draw < DRAWS_MAX; draw += 1) {
    const row = {
      id,
      merchantId,
      gateway: gateway.id,
      live,
      accountId: account?.id ?? null,
      pageUrl,
      createdBy,
      ...gateway.numbers(),
      ...made.columns,
    };
    const written = await inTransaction(database, async (tx) => {
      if (!(await insertKey(tx, row))) return false;
      await also(tx, id);
      return true;
    });
    if (!written) continue;
    const key = await ownKey(database, merchantId, id);
    if (key) return { ok: true, key, once: made.once };
  }
  throw new Error("compat key: no free numbers");
}

/** Gives a key new secrets under its old numbers; the old ones stop at once, as the documents know one key at a time. */
export async function rollCompatKey(
  input: { merchantId: string; keyId: string; publicKey: string },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<KeyResult> {
  const known = await ownKey(database, input.merchantId, input.keyId);
  const gateway = known && compatGatewayById(known.gateway);
  if (!known || !gateway) return refuse("key_unknown");
  const made = await freshSecrets(gateway, known.id, input.publicKey);
  if (!made) return refuse("public_key_invalid");
  const changed = await change(database, { ...input, patch: { ...made.columns, rolledAt: new Date() } }, also);
  const key = changed ? await ownKey(database, input.merchantId, known.id) : null;
  return key ? { ok: true, key, once: made.once } : refuse("key_unknown");
}

/** Ends a key: nobody signs in with it again. Its orders stay, and what is still owed to their shop is signed with it. */
export async function revokeCompatKey(
  input: { merchantId: string; keyId: string },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<{ ok: true } | { ok: false; problem: KeyProblem }> {
  const changed = await change(database, { ...input, patch: { revokedAt: new Date() } }, also);
  return changed ? { ok: true } : refuse("key_unknown");
}

function change(
  database: Database,
  { merchantId, keyId, patch }: { merchantId: string; keyId: string; patch: Partial<CompatKey> },
  also: Also,
): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const changed = await changeKey(tx, merchantId, keyId, patch);
    if (changed) await also(tx, keyId);
    return changed;
  });
}

interface Made {
  columns: Pick<CompatKey, "callerPublicKey" | "gatewayPublicKey" | "gatewayPrivateKey" | "secret">;
  once: ShownOnce;
}

/** Null when the pasted public key is none. */
async function freshSecrets({ keys }: CompatGateway, id: string, pasted: string): Promise<Made | null> {
  const secret = keys === "rsa" ? null : randomBytes(16).toString("hex");
  if (keys === "secret") {
    const columns = { callerPublicKey: null, gatewayPublicKey: null, gatewayPrivateKey: null, secret: sealed(id, secret) };
    return { columns, once: { secret, privateKey: null } };
  }
  const caller = pasted.trim() === "" ? await makeRsaKeyPair() : { publicKey: readPublicKey(pasted), privateKey: null };
  if (caller.publicKey === null) return null;
  const gateway = await makeRsaKeyPair();
  return {
    columns: {
      callerPublicKey: caller.publicKey,
      gatewayPublicKey: gateway.publicKey,
      gatewayPrivateKey: sealFor(PRIVATE_KEY_COLUMN, id, gateway.privateKey),
      secret: sealed(id, secret),
    },
    once: { secret, privateKey: caller.privateKey },
  };
}

function sealed(id: string, secret: string | null): string | null {
  return secret === null ? null : sealFor(SECRET_COLUMN, id, secret);
}

function refuse(problem: KeyProblem): { ok: false; problem: KeyProblem } {
  return { ok: false, problem };
}
