import type { Database } from "#db/client.ts";
import { insertCompatOrder } from "#db/queries/compat.ts";
import type { CompatKey } from "#db/queries/compat-keys.ts";
import { sealAsked } from "#lib/compat/asked.ts";
import { type CompatGatewayId, compatRoot, newCompatNo } from "#lib/compat/gateways.ts";
import type { Answer, NewPayment } from "#lib/dialects/backend.ts";
import { cutText } from "#lib/domain/cut.ts";
import { newToken } from "#lib/domain/ids.ts";
import type { Money } from "#lib/domain/money.ts";
import { env } from "#lib/env.ts";
import { openOrder, TITLE_MAX } from "#lib/payments/open-order.ts";

/** As long as the gateways' own orders can be paid. */
const LIFETIME_SECONDS = 7200;
const REFERENCE = /^[\x21-\x7e]{1,64}$/;

export interface OpenedOrder {
  id: string;
  token: string;
}

class NumberTaken extends Error {}

/**
 * Opens the order of a create, with what it is called at its gateway, in one transaction. The shop's number is its reference
 * where that is free and fits (a shop may use one number in test and in live); the number's own uniqueness is the key's:
 * used before, it is `duplicate_number`.
 */
export async function openCompatOrder(
  database: Database,
  input: { key: CompatKey; gateway: CompatGatewayId; asked: NewPayment; money: Money },
): Promise<Answer<OpenedOrder>> {
  const no = newCompatNo(new Date());
  const { clientNo } = input.asked;
  const references = clientNo !== null && REFERENCE.test(clientNo) ? [clientNo, no] : [no];
  try {
    for (const reference of references) {
      const opened = await open(database, { ...input, no, reference });
      if (opened !== "reference_taken") return opened;
    }
  } catch (error) {
    if (error instanceof NumberTaken) return { ok: false, problem: "duplicate_number" };
    throw error;
  }
  throw new Error("compat: a fresh number is taken");
}

async function open(
  database: Database,
  input: { key: CompatKey; gateway: CompatGatewayId; asked: NewPayment; money: Money; no: string; reference: string },
): Promise<Answer<OpenedOrder> | "reference_taken"> {
  const { key, gateway, asked, money, no, reference } = input;
  const code = newToken();
  const opened = await openOrder(
    {
      merchantId: key.merchantId,
      reference,
      amount: money,
      title: cutText(asked.subject.trim(), TITLE_MAX) || no,
      live: key.live,
      notifyUrl: asked.notifyUrl,
      noticeFormat: gateway,
      // The document's own parameters are added there, signed, when the shopper goes back (serve.ts).
      returnUrl: asked.returnUrl === null ? null : `${compatRoot(env().PUBLIC_URL, gateway)}/return/${code}`,
      lifetimeSeconds: LIFETIME_SECONDS,
      metadata: { compat: gateway },
      accountId: key.accountId,
      actor: "shop",
      inSameCommit: async (tx, order) => {
        const entry = { orderId: order.id, merchantId: key.merchantId, keyId: key.id, no, clientNo: asked.clientNo, code };
        const written = await insertCompatOrder(tx, { ...entry, method: asked.method, asked: sealAsked(order.id, asked) });
        if (!written) throw new NumberTaken();
      },
    },
    database,
  );
  if (opened.ok) return opened.value.created ? opened : "reference_taken";
  const { code: problem, field } = opened.problem;
  if (problem === "reference_taken") return problem;
  if (problem === "url_invalid" && field === "notify_url") return { ok: false, problem: "notify_address_invalid" };
  if (problem === "account_not_found") return { ok: false, problem: "method_unavailable" };
  if (field === "amount") return { ok: false, problem: "amount_invalid" };
  throw new Error(`compat: the order could not be opened: ${problem}`);
}
