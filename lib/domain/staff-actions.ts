import type { Permission } from "#lib/domain/permission.ts";

/**
 * What it takes: a permission in the merchant it is about; `platform`: a platform admin; `self`: whoever is signed in, about
 * themselves.
 */
export type Needs = Permission | "platform" | "self";

/**
 * Every action of the dashboard and what it takes to do it: the only such table. `openAction` (lib/staff.ts) enforces it, the
 * authorisation matrix walks it, and an audit row's `action` is a name of it. `recent`: the person must have proved themselves
 * in the last ten minutes (lib/reauth.ts); for what moves money out, shows or makes a secret, or changes who may do what.
 * `enrolling`: allowed to who must first switch two-step sign-in on, for it is how they do.
 */
export const STAFF_ACTIONS = {
  "accounts.save": { permission: "edit_accounts", recent: true },
  "accounts.test": { permission: "edit_accounts", recent: false },
  "accounts.routing": { permission: "edit_accounts", recent: false },
  "compat.make": { permission: "edit_developers", recent: true },
  "compat.roll": { permission: "edit_developers", recent: true },
  "compat.revoke": { permission: "edit_developers", recent: false },
  "counter.charge": { permission: "use_counter", recent: false },
  "deliveries.resend": { permission: "edit_developers", recent: false },
  "deliveries.replay": { permission: "edit_developers", recent: false },
  "doctor.examine": { permission: "edit_developers", recent: false },
  "embed.save": { permission: "edit_developers", recent: false },
  "endpoints.create": { permission: "edit_developers", recent: true },
  "endpoints.edit": { permission: "edit_developers", recent: false },
  "endpoints.roll": { permission: "edit_developers", recent: true },
  "endpoints.test": { permission: "edit_developers", recent: false },
  "endpoints.enable": { permission: "edit_developers", recent: false },
  "endpoints.disable": { permission: "edit_developers", recent: false },
  "endpoints.delete": { permission: "edit_developers", recent: false },
  "keys.make": { permission: "edit_developers", recent: true },
  "keys.roll": { permission: "edit_developers", recent: true },
  "keys.revoke": { permission: "edit_developers", recent: false },
  "links.create": { permission: "edit_links", recent: false },
  "links.edit": { permission: "edit_links", recent: false },
  "links.retire": { permission: "edit_links", recent: false },
  "links.reopen": { permission: "edit_links", recent: false },
  "notifications.match": { permission: "resolve_notifications", recent: true },
  "notifications.replay": { permission: "resolve_notifications", recent: false },
  "notifications.set_aside": { permission: "resolve_notifications", recent: false },
  "orders.bundle": { permission: "export_orders", recent: false },
  "orders.export": { permission: "export_orders", recent: false },
  "orders.view_save": { permission: "view_orders", recent: false },
  "orders.view_rename": { permission: "view_orders", recent: false },
  "orders.view_default": { permission: "view_orders", recent: false },
  "orders.view_forget": { permission: "view_orders", recent: false },
  "orders.recheck": { permission: "recheck_order", recent: false },
  "orders.close": { permission: "close_order", recent: false },
  "orders.resend": { permission: "edit_developers", recent: false },
  "orders.review": { permission: "review_order", recent: false },
  "payouts.balance": { permission: "view_payouts", recent: false },
  "payouts.ask": { permission: "view_payouts", recent: false },
  "payouts.send": { permission: "send_payout", recent: true },
  "safety.enrol": { permission: "self", recent: true, enrolling: true },
  "safety.switch_off": { permission: "self", recent: true },
  "safety.recovery_codes": { permission: "self", recent: true },
  "safety.end_session": { permission: "self", recent: false },
  "safety.end_sessions": { permission: "self", recent: false },
} as const satisfies Record<string, { permission: Needs; recent: boolean; enrolling?: boolean }>;

export type StaffAction = keyof typeof STAFF_ACTIONS;
/** The actions that are about a merchant. */
export type MerchantAction = { [A in StaffAction]: (typeof STAFF_ACTIONS)[A]["permission"] extends Permission ? A : never }[StaffAction];
