import type { StaffAction } from "#lib/domain/staff-actions.ts";

/** Things of one merchant that an address or a form may name; app/scene-testing.ts makes one of each. */
export type Thing =
  | ("order" | "attempt" | "unpaid" | "link" | "request" | "payout")
  | ("account" | "endpoint" | "key" | "compatKey" | "delivery" | "call")
  | ("notification" | "refused" | "alert" | "channel")
  | ("member" | "session" | "view" | "invitation");

/** One way of pressing a form: which action of STAFF_ACTIONS it must ask for, and its fields; `@order` is an order's id. */
export interface Press {
  asks: StaffAction;
  fields?: Readonly<Record<string, string>>;
  /** Of a route handler: what stands in its address. */
  params?: Readonly<Record<string, string>>;
}

const one = (asks: StaffAction, fields: Readonly<Record<string, string>> = {}): Press[] => [{ asks, fields }];
const DASH = "app/(dashboard)/dashboard";

/** Every server action of the dashboard, and every route handler that goes through the same door, by file and name, and each way of pressing it. */
export const ROWS: Readonly<Record<string, readonly Press[]>> = {
  "app/(auth)/invite/[token]/actions.ts#joinByInvitation": one("team.join", { token: "none" }),
  [`${DASH}/accounts/actions.ts#saveAccount`]: one("accounts.save", { account: "@account" }),
  [`${DASH}/accounts/actions.ts#tryAccount`]: one("accounts.test", { account: "@account" }),
  [`${DASH}/accounts/actions.ts#saveRouting`]: one("accounts.routing", { routing: "first" }),
  [`${DASH}/accounts/[id]/actions.ts#move`]: one("accounts.move", { account: "@account", step: "up" }),
  [`${DASH}/accounts/[id]/actions.ts#resume`]: one("accounts.resume", { account: "@account" }),
  [`${DASH}/alerts/actions.ts#saveAlertChannel`]: [
    { asks: "alerts.save" },
    { asks: "alerts.platform_save", fields: { of: "installation" } },
  ],
  [`${DASH}/alerts/actions.ts#switchAlertChannel`]: [
    { asks: "alerts.switch", fields: { channel: "@channel", verb: "pause" } },
    { asks: "alerts.platform_switch", fields: { of: "installation", channel: "none", verb: "pause" } },
  ],
  [`${DASH}/alerts/actions.ts#testAlertChannel`]: [
    { asks: "alerts.test", fields: { channel: "@channel" } },
    { asks: "alerts.platform_test", fields: { of: "installation", channel: "none" } },
  ],
  [`${DASH}/alerts/actions.ts#closeOpenAlert`]: [
    { asks: "alerts.close", fields: { alert: "@alert" } },
    { asks: "alerts.platform_close", fields: { of: "installation", alert: "none" } },
  ],
  [`${DASH}/alerts/mail/actions.ts#saveMailServer`]: one("alerts.mail_save"),
  [`${DASH}/alerts/mail/actions.ts#removeMailServer`]: one("alerts.mail_remove"),
  [`${DASH}/audit/actions.ts#checkNow`]: one("audit.check"),
  [`${DASH}/counter/actions.ts#charge`]: one("counter.charge", { amount: "1.00", currency: "HKD", code: "none" }),
  [`${DASH}/counter/actions.ts#chargeAgain`]: one("counter.charge", { order: "@order", code: "none" }),
  [`${DASH}/deliveries/actions.ts#resend`]: one("deliveries.resend", { delivery: "@delivery" }),
  [`${DASH}/deliveries/actions.ts#replay`]: one("deliveries.replay", { endpoint: "@endpoint", from: "2020-01-01", to: "2020-01-02" }),
  [`${DASH}/developers/compat/actions.ts#makeKey`]: one("compat.make", { gateway: "none", mode: "test" }),
  [`${DASH}/developers/compat/actions.ts#rollKey`]: one("compat.roll", { key: "@compatKey", public_key: "none" }),
  [`${DASH}/developers/compat/actions.ts#revokeKey`]: one("compat.revoke", { key: "@compatKey" }),
  [`${DASH}/developers/doctor/actions.ts#examineMessage`]: one("doctor.examine", { text: "" }),
  [`${DASH}/developers/embed/actions.ts#saveOrigins`]: one("embed.save", { origins: "none" }),
  [`${DASH}/developers/endpoints/actions.ts#saveEndpoint`]: [
    { asks: "endpoints.create", fields: { url: "none" } },
    { asks: "endpoints.edit", fields: { url: "none", endpoint: "@endpoint" } },
  ],
  [`${DASH}/developers/endpoints/actions.ts#rollSecret`]: one("endpoints.roll", { endpoint: "@endpoint", overlap: "0" }),
  [`${DASH}/developers/endpoints/actions.ts#testEndpoint`]: one("endpoints.test", { endpoint: "@endpoint" }),
  [`${DASH}/developers/endpoints/actions.ts#switchEndpoint`]: [
    { asks: "endpoints.enable", fields: { endpoint: "@endpoint", verb: "enable" } },
    { asks: "endpoints.disable", fields: { endpoint: "@endpoint", verb: "disable" } },
    { asks: "endpoints.delete", fields: { endpoint: "@endpoint", verb: "delete" } },
  ],
  [`${DASH}/developers/keys/actions.ts#makeKey`]: one("keys.make", { name: "", live: "off" }),
  [`${DASH}/developers/keys/actions.ts#roll`]: one("keys.roll", { key: "@key", overlap: "24" }),
  [`${DASH}/developers/keys/actions.ts#revoke`]: one("keys.revoke", { key: "@key" }),
  [`${DASH}/links/actions.ts#saveLink`]: [
    { asks: "links.create", fields: { title: "" } },
    { asks: "links.edit", fields: { title: "", link: "@link" } },
  ],
  [`${DASH}/links/actions.ts#moveLink`]: [
    { asks: "links.retire", fields: { link: "@link", to: "retired" } },
    { asks: "links.reopen", fields: { link: "@link", to: "active" } },
  ],
  [`${DASH}/merchants/actions.ts#makeMerchant`]: one("merchants.create"),
  [`${DASH}/merchants/actions.ts#editMerchant`]: one("merchants.edit", { name: "" }),
  [`${DASH}/merchants/actions.ts#closeMerchant`]: one("merchants.close", { merchant: "none" }),
  [`${DASH}/merchants/actions.ts#reopenMerchant`]: one("merchants.reopen", { merchant: "none" }),
  [`${DASH}/notifications/[id]/actions.ts#match`]: one("notifications.match", { notification: "@notification", reason: "x" }),
  [`${DASH}/notifications/[id]/actions.ts#replay`]: one("notifications.replay", { notification: "@notification", reason: "x" }),
  [`${DASH}/notifications/[id]/actions.ts#setAside`]: one("notifications.set_aside", { notification: "@notification", reason: "x" }),
  [`${DASH}/orders/actions.ts#saveView`]: one("orders.save_view", { name: "Mine", fields: "state=paid" }),
  [`${DASH}/orders/actions.ts#renameOrderView`]: one("orders.edit_view", { id: "@view", name: "Mine" }),
  [`${DASH}/orders/actions.ts#chooseDefaultView`]: one("orders.edit_view", { id: "@view", default: "yes" }),
  [`${DASH}/orders/actions.ts#forgetView`]: one("orders.delete_view", { id: "@view" }),
  [`${DASH}/orders/[id]/bundle/route.ts#POST`]: [{ asks: "orders.bundle", params: { id: "@order" } }],
  [`${DASH}/orders/export/route.ts#POST`]: one("orders.export", { fields: "" }),
  [`${DASH}/settings/logo/route.ts#POST`]: one("settings.logo"),
  [`${DASH}/orders/[id]/actions.ts#recheck`]: one("orders.recheck", { order: "@order" }),
  [`${DASH}/orders/[id]/actions.ts#closeOrder`]: one("orders.close", { order: "@order", reason: "" }),
  [`${DASH}/orders/[id]/actions.ts#review`]: one("orders.review", { order: "@order", reason: "" }),
  [`${DASH}/orders/[id]/actions.ts#resend`]: one("orders.resend", { order: "@order", delivery: "none" }),
  [`${DASH}/orders/[id]/refund/actions.ts#refund`]: [
    { asks: "refunds.request", fields: { order: "@order", attempt: "@attempt", amount: "1.00", reason: "x", key: "k1", intent: "check" } },
    {
      asks: "refunds.send",
      fields: { order: "@order", attempt: "@attempt", amount: "1.00", reason: "x", note: "x", key: "k2", way: "refund", intent: "send" },
    },
  ],
  [`${DASH}/payouts/actions.ts#showBalance`]: one("payouts.balance", { account: "none", name: "none" }),
  [`${DASH}/payouts/actions.ts#askNow`]: one("payouts.ask", { payout: "@payout" }),
  [`${DASH}/payouts/new/actions.ts#pay`]: [
    { asks: "payouts.check", fields: { account: "@account", channel: "none", intent: "check" } },
    { asks: "payouts.send", fields: { account: "@account", channel: "none", intent: "send" } },
  ],
  [`${DASH}/refunds/actions.ts#decide`]: [
    { asks: "refunds.approve", fields: { request: "@request", intent: "approve" } },
    { asks: "refunds.decline", fields: { request: "@request", intent: "decline", decision: "x" } },
  ],
  [`${DASH}/refunds/actions.ts#withdraw`]: one("refunds.withdraw", { request: "@request" }),
  [`${DASH}/security/actions.ts#proveFirst`]: one("safety.begin"),
  [`${DASH}/security/actions.ts#enrol`]: one("safety.enrol", { code: "none" }),
  [`${DASH}/security/actions.ts#renewCodes`]: one("safety.recovery_codes"),
  [`${DASH}/security/actions.ts#switchOff`]: one("safety.switch_off"),
  [`${DASH}/security/actions.ts#endOwnSession`]: one("safety.end_session", { session: "@session" }),
  [`${DASH}/security/actions.ts#endOtherSessions`]: one("safety.end_sessions"),
  [`${DASH}/settings/actions.ts#saveBrand`]: one("settings.brand", { intent: "save", colour: "none" }),
  [`${DASH}/settings/actions.ts#savePlace`]: one("settings.place", { timeZone: "none" }),
  [`${DASH}/settings/actions.ts#savePolicies`]: one("settings.policies", { late: "none" }),
  [`${DASH}/settings/actions.ts#saveRefundLimits`]: one("settings.limits", { currency: "none" }),
  [`${DASH}/settings/actions.ts#saveTwoStep`]: one("settings.two_step"),
  [`${DASH}/settings/actions.ts#saveDesk`]: one("settings.desk", { unsigned: "none" }),
  [`${DASH}/settings/actions.ts#deskSecretsAction`]: [
    { asks: "settings.desk_secrets", fields: { do: "show" } },
    { asks: "settings.desk_roll", fields: { do: "test" } },
  ],
  [`${DASH}/system/actions.ts#retryJob`]: one("system.retry_job", { queue: "none", job: "none" }),
  [`${DASH}/system/actions.ts#discardJob`]: one("system.discard_job", { queue: "none", job: "none" }),
  [`${DASH}/team/actions.ts#inviteMember`]: one("team.invite", { email: "", role: "viewer" }),
  [`${DASH}/team/actions.ts#resendInvitation`]: one("team.resend", { invitation: "@invitation" }),
  [`${DASH}/team/actions.ts#withdrawInvitation`]: one("team.withdraw", { invitation: "@invitation" }),
  [`${DASH}/team/actions.ts#giveRole`]: one("team.role", { member: "@member", role: "viewer" }),
  [`${DASH}/team/actions.ts#takeOut`]: one("team.remove", { member: "@member" }),
  [`${DASH}/team/actions.ts#endSessions`]: one("team.sign_out", { member: "@member" }),
};

/** Server actions that are for who is not signed in, or change nothing but a cookie of this browser; each with what guards it. */
export const OPEN_TO_ALL: Readonly<Record<string, string>> = {
  "app/(checkout)/pay/[token]/actions.ts#startAction": "a shopper: lib/action.ts, by the order's secret token",
  "app/(checkout)/pay/[token]/actions.ts#paidAction": "a shopper: lib/action.ts, by the order's secret token",
  "app/(checkout)/pay/[token]/actions.ts#cancelAction": "a shopper: lib/action.ts, by the order's secret token",
  "app/(checkout)/desk/actions.ts#deskAction": "a shopper: lib/action.ts, by the desk's signature",
  "app/(checkout)/l/[slug]/actions.ts#openAction": "a shopper: lib/action.ts, by the link's address",
  "app/(auth)/sign-in/actions.ts#signIn": "the password itself, under the limits of lib/tries.ts",
  "app/(auth)/sign-in/code/actions.ts#enterCode": "the code itself, after the password, under the limits of lib/tries.ts",
  "app/(auth)/invite/[token]/actions.ts#signUpByInvitation": "the invitation's secret token",
  "app/(auth)/change-password/actions.ts#savePassword": "the current password, under the limits of lib/tries.ts",
  "app/(dashboard)/actions.ts#signOut": "ends this browser's own session",
  "app/(dashboard)/actions.ts#chooseTheme": "a cookie of this browser",
  "app/(dashboard)/actions.ts#chooseLanguage": "a cookie of this browser",
  "app/(dashboard)/actions.ts#chooseMerchant": "a cookie of this browser, among the person's own merchants",
};
