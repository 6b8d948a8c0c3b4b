import type { Tx } from "#db/client.ts";
import { attemptsByOrder } from "#db/queries/attempts.ts";
import { compatOrderOf, type KnownOrder } from "#db/queries/compat.ts";
import { type CompatKey, ownKey, signingKey } from "#db/queries/compat-keys.ts";
import type { Order } from "#db/queries/locks.ts";
import { callerOf } from "#lib/compat/caller.ts";
import { COMPAT_GATEWAYS, type CompatGatewayId } from "#lib/compat/gateways.ts";
import { paymentOf } from "#lib/compat/payment.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { env } from "#lib/env.ts";
import type { NoticeFacts, NoticeFormat, NoticeMessage } from "#lib/webhooks/format.ts";

/**
 * The notifications of the five gateways' documents as ways of telling a shop: the dialect writes and signs the message, says
 * when to try again and which answer counts. An order that came in by `/compat` is signed with the key it came in with; any
 * other with the newest key its merchant has at that gateway.
 */
export const COMPAT_FORMATS = Object.fromEntries(COMPAT_GATEWAYS.map(({ id }) => [id, formatOf(id)])) as Record<
  CompatGatewayId,
  NoticeFormat
>;

function formatOf(id: CompatGatewayId): NoticeFormat {
  const dialect = dialectById(id);
  if (!dialect) throw new Error(`no dialect ${id}`);
  return {
    id,
    retrySeconds: dialect.retrySeconds,
    jitter: 0,
    // The signed Timestamp of seeds/000 §10.3 has no time limit for notices, and no document signs a repeated one anew.
    signed: "once",
    acknowledged: dialect.acknowledged,
    async message(facts, now, tx) {
      const { order } = facts;
      if (!order) return { problem: "the event has no order" };
      const signer = await signerOf(tx, order, id);
      if (!signer) return { problem: `no ${id} key to sign with` };
      const { key, entry } = signer;
      const attempts = await attemptsByOrder(tx, order.id);
      const known = { order, entry, attempts, merchantNo: key.merchantNo, origin: env().PUBLIC_URL, acknowledgedAt: null, now };
      // Where it is sent is the endpoint's to say: an ordinary order has no address of its own.
      const payment = { ...paymentOf(known), notifyUrl: facts.url };
      return dialect.notification(callerOf(key), payment, now) ?? told(facts);
    },
  };
}

interface Signer extends Pick<KnownOrder, "entry"> {
  key: CompatKey;
}

async function signerOf(tx: Tx, order: Order, gateway: string): Promise<Signer | null> {
  const entry = await compatOrderOf(tx, order.id);
  const own = entry && (await ownKey(tx, order.merchantId, entry.keyId));
  if (own?.gateway === gateway) return { key: own, entry };
  const key = await signingKey(tx, order.merchantId, gateway, order.live);
  return key && { key, entry: null };
}

function told(facts: NoticeFacts): NoticeMessage | { problem: string } {
  return { problem: `the document has no notice of ${facts.type}` };
}
