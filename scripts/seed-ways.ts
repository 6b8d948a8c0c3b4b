import type pg from "pg";
import type { Way } from "#db/seed-orders.ts";
import type { Method } from "#lib/domain/methods.ts";
import { gatewayById } from "#lib/gateways/registry.ts";

/** How often a method is used beside the others; what is not named is rare. */
const WEIGHTS: Partial<Record<Method, number>> = {
  "wechat.jsapi": 30,
  "wechat.native": 16,
  "wechat.barcode": 12,
  "wechat.h5": 6,
  "wechat.mini_program": 8,
  "alipay.wap": 12,
  "alipay.web": 6,
  "alipay.qr": 8,
  "alipay.barcode": 6,
  "unionpay.qr": 3,
  "unionpay.gateway": 1,
};
const RARE = 0.05;
/** A merchant's second account takes so much less than its first, and so on. */
const NEXT_ACCOUNT = 0.6;
/** Gateways whose documents tell the wallet's own number (seeds/003 §2.2.4). */
const TELLS_WALLET: ReadonlySet<string> = new Set(["xxpay"]);

/** Every account of a merchant with every method its gateway has, weighted as shops' payments are. */
export async function waysOf(client: pg.ClientBase, merchantId: string): Promise<Way[]> {
  const { rows } = await client.query<{ id: string; gateway: string; live: boolean }>(
    "select id, gateway, live from gateway_accounts where merchant_id = $1 order by position, id",
    [merchantId],
  );
  return rows.flatMap(({ id, gateway, live }, place) =>
    (gatewayById(gateway)?.methods ?? []).map((method) => ({
      accountId: id,
      method,
      live,
      weight: (WEIGHTS[method] ?? RARE) * NEXT_ACCOUNT ** place,
      tellsWallet: TELLS_WALLET.has(gateway),
    })),
  );
}
