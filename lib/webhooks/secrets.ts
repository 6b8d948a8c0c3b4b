import { randomBytes } from "node:crypto";
import type { Tx } from "#db/client.ts";
import { expireSecrets, insertSecret, secretOf, validSecrets } from "#db/queries/endpoints.ts";
import { merchantSecret, setMerchantSecret } from "#db/queries/merchant-secret.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { newId } from "#lib/domain/ids.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/** How long an old secret may go on signing beside the new one, seconds. */
export const OVERLAP_MAX_SECONDS = 7 * 86_400;
/** Secrets that sign at once: a signature header stays short. */
const SECRETS_MAX = 5;

/** A Standard Webhooks secret: `whsec_` and base64 of 256 random bits. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** Makes a secret for an endpoint and gives it in clear, once; at rest it is sealed. `id`: of its row, for whoever may have to tell it again. */
export async function giveSecret(tx: Tx, merchantId: string, endpointId: string, id: string = newId("secret")): Promise<string> {
  const secret = newWebhookSecret();
  await insertSecret(tx, { id, merchantId, endpointId, secret: sealFor("webhook_secrets.secret", id, secret) });
  return secret;
}

/** A secret in clear that was made under this id and never told: whoever asked for it got no answer. Throws when there is none. */
export async function untoldSecret(tx: Tx, merchantId: string, id: string): Promise<string> {
  const row = await secretOf(tx, merchantId, id);
  if (!row) throw new Error(`secret ${id} vanished`);
  return unsealFor("webhook_secrets.secret", id, row.secret);
}

/** A new secret for an endpoint of the merchant's own; those it had sign on for `overlapSeconds`, 0: they end now. */
export async function rollOwnSecret(
  tx: Tx,
  merchantId: string,
  endpointId: string,
  overlapSeconds: number,
  id?: string,
): Promise<Result<string>> {
  // Counted before anything ends: a refusal commits, and would leave the endpoint without a secret once the overlap is over.
  const staying = overlapSeconds === 0 ? 0 : (await validSecrets(tx, merchantId, endpointId)).length;
  if (staying >= SECRETS_MAX) return fail("secrets_limit");
  await expireSecrets(tx, merchantId, endpointId, overlapSeconds);
  return { ok: true, value: await giveSecret(tx, merchantId, endpointId, id) };
}

/** A new secret for all notify_urls of the merchant's orders; the old one signs on for `overlapSeconds`. */
export async function rollMerchantSecret(tx: Tx, merchantId: string, overlapSeconds: number): Promise<Result<string>> {
  const sealed = await merchantSecret(tx, merchantId);
  if (sealed === null) throw new Error(`merchant ${merchantId} vanished`);
  // As above: a refusal ends nothing.
  const full = overlapSeconds > 0 && (await validSecrets(tx, merchantId, null)).length >= SECRETS_MAX - 1;
  if (full) return fail("secrets_limit");
  await expireSecrets(tx, merchantId, null, overlapSeconds);
  if (overlapSeconds > 0) {
    const id = newId("secret");
    const old = unsealFor("merchants.webhook_secret", merchantId, sealed);
    const expiresAt = new Date(Date.now() + overlapSeconds * 1000);
    await insertSecret(tx, { id, merchantId, endpointId: null, secret: sealFor("webhook_secrets.secret", id, old), expiresAt });
  }
  const secret = newWebhookSecret();
  await setMerchantSecret(tx, merchantId, sealFor("merchants.webhook_secret", merchantId, secret));
  return { ok: true, value: secret };
}
