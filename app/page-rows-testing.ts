import type { Needs } from "#lib/domain/staff-actions.ts";

/** A page of the dashboard: what it takes to see it, and its address; `@order` is an order's id, `none` nobody's. */
export interface PageRow {
  needs: Needs;
  params?: Readonly<Record<string, string>>;
  search?: Readonly<Record<string, string>>;
  /** Whether it shows what the merchant has: the scene's mark is on it. Of a page about one thing, unless it says otherwise. */
  shows: boolean;
  /** There is no such page for anybody. */
  empty?: true;
}

const D = "app/(dashboard)/dashboard";
/** About one thing, about the merchant's things, or about none of them. */
const see = (needs: Needs, params: Readonly<Record<string, string>>): PageRow => ({ needs, params, shows: true });
const list = (needs: Needs): PageRow => ({ needs, shows: true });
const form = (needs: Needs, search: Readonly<Record<string, string>> = {}): PageRow => ({ needs, search, shows: false });

/** Every page that is for who is signed in, by file. */
export const PAGES: Readonly<Record<string, PageRow>> = {
  "app/(checkout)/dashboard/settings/preview/page.tsx": form("view_settings"),
  "app/(print)/dashboard/links/[id]/poster/page.tsx": see("view_links", { id: "@link" }),
  [`${D}/page.tsx`]: list("view_orders"),
  [`${D}/accounts/page.tsx`]: list("view_accounts"),
  [`${D}/accounts/[id]/page.tsx`]: see("edit_accounts", { id: "@account" }),
  [`${D}/accounts/new/page.tsx`]: form("edit_accounts", { gateway: "xxpay" }),
  [`${D}/alerts/page.tsx`]: list("view_alerts"),
  [`${D}/alerts/channels/new/page.tsx`]: form("edit_alerts", { service: "email" }),
  [`${D}/alerts/channels/[id]/page.tsx`]: see("view_alerts", { id: "@channel" }),
  [`${D}/alerts/channels/[id]/edit/page.tsx`]: see("edit_alerts", { id: "@channel" }),
  [`${D}/audit/page.tsx`]: form("view_audit"),
  [`${D}/counter/page.tsx`]: form("use_counter"),
  [`${D}/counter/[order]/page.tsx`]: see("use_counter", { order: "@order" }),
  [`${D}/deliveries/page.tsx`]: list("view_deliveries"),
  [`${D}/deliveries/[id]/page.tsx`]: see("view_deliveries", { id: "@delivery" }),
  [`${D}/developers/page.tsx`]: form("view_developers"),
  [`${D}/developers/compat/page.tsx`]: form("view_developers"),
  [`${D}/developers/doctor/page.tsx`]: form("edit_developers"),
  [`${D}/developers/embed/page.tsx`]: form("view_developers"),
  [`${D}/developers/endpoints/page.tsx`]: list("view_developers"),
  [`${D}/developers/endpoints/new/page.tsx`]: form("edit_developers"),
  [`${D}/developers/endpoints/[id]/page.tsx`]: see("view_developers", { id: "@endpoint" }),
  [`${D}/developers/endpoints/[id]/edit/page.tsx`]: see("edit_developers", { id: "@endpoint" }),
  [`${D}/developers/events/page.tsx`]: form("view_developers"),
  [`${D}/developers/keys/page.tsx`]: list("view_developers"),
  [`${D}/developers/keys/new/page.tsx`]: form("edit_developers"),
  [`${D}/developers/keys/[id]/page.tsx`]: see("view_developers", { id: "@key" }),
  [`${D}/developers/requests/page.tsx`]: list("view_developers"),
  [`${D}/developers/requests/[id]/page.tsx`]: see("view_developers", { id: "@call" }),
  [`${D}/links/page.tsx`]: list("view_links"),
  [`${D}/links/new/page.tsx`]: form("edit_links"),
  [`${D}/links/[id]/page.tsx`]: see("view_links", { id: "@link" }),
  [`${D}/links/[id]/edit/page.tsx`]: see("edit_links", { id: "@link" }),
  [`${D}/merchants/page.tsx`]: form("platform"),
  [`${D}/merchants/new/page.tsx`]: form("platform"),
  [`${D}/merchants/[id]/page.tsx`]: { needs: "platform", params: { id: "@merchant" }, shows: false },
  [`${D}/notifications/page.tsx`]: list("view_notifications"),
  [`${D}/notifications/[id]/page.tsx`]: see("view_notifications", { id: "@notification" }),
  [`${D}/notifications/refused/[message]/page.tsx`]: see("view_notifications", { message: "@refused" }),
  [`${D}/orders/page.tsx`]: list("view_orders"),
  [`${D}/orders/[id]/page.tsx`]: see("view_orders", { id: "@order" }),
  [`${D}/orders/[id]/refund/page.tsx`]: see("request_refund", { id: "@order" }),
  [`${D}/payouts/page.tsx`]: list("view_payouts"),
  [`${D}/payouts/new/page.tsx`]: form("send_payout"),
  [`${D}/payouts/[id]/page.tsx`]: see("view_payouts", { id: "@payout" }),
  [`${D}/refunds/page.tsx`]: list("view_refunds"),
  [`${D}/refunds/[id]/page.tsx`]: see("view_refunds", { id: "@request" }),
  [`${D}/security/page.tsx`]: form("self"),
  [`${D}/security/two-step/page.tsx`]: form("self"),
  [`${D}/settings/page.tsx`]: form("view_settings"),
  [`${D}/system/page.tsx`]: form("platform"),
  [`${D}/team/page.tsx`]: list("view_team"),
  [`${D}/team/[id]/page.tsx`]: see("view_team", { id: "@member" }),
  [`${D}/team/invite/page.tsx`]: form("edit_team"),
  [`${D}/team/invite/[id]/page.tsx`]: see("edit_team", { id: "@invitation" }),
  [`${D}/[...missing]/page.tsx`]: { needs: "self", shows: false, empty: true },
};

const SHOPPER = "for shoppers: the address itself is the secret (an order's token, a link's slug)";
const SANDBOX = "the sandbox, no real money: answers 404 where SANDBOX is off";
const SIGN_IN = "for who is not signed in yet";

/** Pages and routes that are open, or that another lock than a session guards: what that is, and where it is proven. */
export const OPEN_ROUTES: Readonly<Record<string, string>> = {
  "app/(auth)/change-password/page.tsx": SIGN_IN,
  "app/(auth)/invite/[token]/page.tsx": "the invitation's secret token (lib/team)",
  "app/(auth)/sign-in/code/page.tsx": SIGN_IN,
  "app/(auth)/sign-in/page.tsx": SIGN_IN,
  "app/(checkout)/(home)/page.tsx": SHOPPER,
  "app/(checkout)/desk/page.tsx": "the desk's signature (lib/payments/desk*.test.ts)",
  "app/(checkout)/l/[slug]/page.tsx": SHOPPER,
  "app/(checkout)/pay/[token]/page.tsx": SHOPPER,
  "app/(checkout)/pay/[token]/events/route.ts": SHOPPER,
  "app/(checkout)/pay/[token]/openid/route.ts": SHOPPER,
  "app/(checkout)/pay/[token]/return/route.ts": SHOPPER,
  "app/(checkout)/pay/[token]/status/route.ts": SHOPPER,
  "app/(dashboard)/dashboard/orders/[id]/bundle/route.ts": "openAction: a row of action-rows-testing.ts",
  "app/(dashboard)/dashboard/orders/export/route.ts": "openAction: a row of action-rows-testing.ts",
  "app/(dashboard)/dashboard/settings/logo/route.ts": "openAction: a row of action-rows-testing.ts",
  "app/(docs)/docs/api/page.tsx": "the API's reference is public",
  "app/api/auth/[...nextauth]/route.ts": SIGN_IN,
  "app/api/health/route.ts": "says up or down, nothing else",
  "app/api/logos/[id]/route.ts": "a merchant's logo stands on its public checkout",
  "app/api/notify/[gateway]/[account]/payout/route.ts": "the gateway's signature",
  "app/api/notify/[gateway]/[account]/route.ts": "the gateway's signature",
  "app/api/openid/[account]/route.ts": "a shopper on the way back from WeChat, by a one-time state",
  "app/api/v1/[...path]/route.ts": "API keys and their scopes (lib/api/isolation.integration.test.ts)",
  "app/compat/[gateway]/[[...path]]/route.ts": "compatibility keys (lib/compat/tenants.integration.test.ts)",
  ...Object.fromEntries(
    [
      ...["[phone]/page.tsx", "act/route.ts", "cashier/[page]/[code]/open/page.tsx", "cashier/[page]/[code]/route.ts", "page.tsx"],
      ...["control/[...path]/route.ts", "gateway/[id]/[...path]/route.ts", "payments/[no]/page.tsx", "payouts/[no]/page.tsx"],
      ...["phone/route.ts", "shop/page.tsx", "shop/webhook/route.ts", "wallet/code/page.tsx", "wallet/page.tsx"],
      ...["wallet/pay/[code]/page.tsx", "wallet/scan/page.tsx", "wechat/container/route.ts", "wechat/oauth/access_token/route.ts"],
      ...["wechat/oauth/authorize/route.ts", "wechat/openid/route.ts"],
    ].map((path) => [`app/(sandbox)/sandbox/${path}`, SANDBOX]),
  ),
};
