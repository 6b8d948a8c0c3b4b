import type { Page } from "@playwright/test";
import type { Database } from "#db/client.ts";
import { openOrder } from "#lib/payments/open-order.ts";
import { addAccount } from "../support/accounts.ts";
import type { Control } from "../support/control.ts";
import type { Ledger } from "../support/ledger.ts";
import { openShop, type Shop } from "../support/shop.ts";
import { BEGINS, type Case, GATEWAYS, type Language, METHODS } from "./tables.ts";

/** CNY 8.80: every gateway of the shop takes it. */
export const AMOUNT = 880n;

/** A test's things. `put` is what the wallet's bridge answers with, where there is one. */
export interface Stage {
  page: Page;
  control: Control;
  ledger: Ledger;
  token: string;
  /** Our number of the try at the gateway. */
  number: string;
}

/** A shop with an account at each of the matrix's gateways, tried in their order, told of its orders at the sandbox's shop. */
export async function openMatrixShop(database: Database, ledger: Ledger, origin: string): Promise<Shop> {
  const shop = await openShop(database, origin);
  for (const [position, gateway] of GATEWAYS.entries()) {
    const id = gateway === "hipopay-agent" ? shop.accountId : await addAccount(database, origin, shop, gateway);
    await ledger.query("update gateway_accounts set position = $2 where id = $1", [id, position]);
  }
  return shop;
}

/** An order of that shop for a shopper who reads this language; its token. */
export async function openMatrixOrder(database: Database, shop: Shop, origin: string, language: Language): Promise<string> {
  const opened = await openOrder(
    {
      ...{ merchantId: shop.id, amount: { minor: AMOUNT, currency: "CNY" as const }, title: "Noodles", live: false, actor: "shop" },
      ...{ notifyUrl: `${origin}/sandbox/shop/webhook`, locale: language },
    },
    database,
  );
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value.token;
}

/** Whether the case's method is the one that begins without being chosen. */
export function beginsByItself({ context, method, script }: Case): boolean {
  return script === "on" && BEGINS[context] === method;
}

/** Whether the shopper sees our page, and not the gateway's, once the try has begun. */
export function staysHere({ method }: Case): boolean {
  const { shows } = METHODS[method];
  return shows !== "redirect" && shows !== "form";
}

/**
 * The bridge WeChat puts into the pages of its browser: the shopper closes the sheet, or, when the case is a plain payment, pays
 * in it.
 */
export async function putBridge(page: Page, pay: ((code: string) => Promise<unknown>) | null): Promise<void> {
  await page.exposeFunction("walletPays", async (code: string) => {
    await pay?.(code);
    return pay !== null;
  });
  await page.addInitScript(() => {
    const pays = (code: string) => (window as unknown as { walletPays(code: string): Promise<boolean> }).walletPays(code);
    const invoke = async (_name: string, params: { package: string }, done: (answer: { err_msg: string }) => void) => {
      const paid = await pays(params.package.replace(/^prepay_id=(?:wx)?/, ""));
      done({ err_msg: `get_brand_wcpay_request:${paid ? "ok" : "cancel"}` });
    };
    Object.assign(window, { WeixinJSBridge: { invoke } });
  });
}
