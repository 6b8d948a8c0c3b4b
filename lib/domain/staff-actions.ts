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
  "accounts.move": { permission: "edit_accounts", recent: false },
  "accounts.resume": { permission: "edit_accounts", recent: false },
  "accounts.routing": { permission: "edit_accounts", recent: false },
  "audit.check": { permission: "view_audit", recent: false },
  // A robot's token or signing secret is entered there.
  "alerts.save": { permission: "edit_alerts", recent: true },
  "alerts.switch": { permission: "edit_alerts", recent: false },
  "alerts.test": { permission: "edit_alerts", recent: false },
  "alerts.close": { permission: "edit_alerts", recent: false },
  "alerts.platform_save": { permission: "platform", recent: true },
  "alerts.platform_switch": { permission: "platform", recent: false },
  "alerts.platform_test": { permission: "platform", recent: false },
  "alerts.platform_close": { permission: "platform", recent: false },
  // Invitations go through it as well: who moves it elsewhere reads them.
  "alerts.mail_save": { permission: "platform", recent: true },
  "alerts.mail_remove": { permission: "platform", recent: true },
  "compat.make": { permission: "edit_developers", recent: true },
  "compat.roll": { permission: "edit_developers", recent: true },
  "compat.revoke": { permission: "edit_developers", recent: false },
  "counter.charge": { permission: "use_counter", recent: false },
  "deliveries.resend": { permission: "edit_developers", recent: false },
  "deliveries.replay": { permission: "edit_developers", recent: false },
  "doctor.examine": { permission: "edit_developers", recent: false },
  "embed.save": { permission: "edit_developers", recent: false },
  "endpoints.create": { permission: "edit_developers", recent: true },
  // Where a shop's events go.
  "endpoints.edit": { permission: "edit_developers", recent: true },
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
  "merchants.create": { permission: "platform", recent: true },
  "merchants.edit": { permission: "platform", recent: false },
  "merchants.close": { permission: "platform", recent: true },
  "merchants.reopen": { permission: "platform", recent: true },
  "settings.brand": { permission: "edit_settings", recent: false },
  "settings.logo": { permission: "edit_settings", recent: false },
  "settings.place": { permission: "edit_settings", recent: false },
  "settings.policies": { permission: "edit_settings", recent: true },
  "settings.limits": { permission: "edit_limits", recent: true },
  "settings.two_step": { permission: "edit_settings", recent: true },
  "settings.desk": { permission: "edit_settings", recent: true },
  "settings.desk_secrets": { permission: "edit_settings", recent: true },
  "settings.desk_roll": { permission: "edit_settings", recent: true },
  "team.invite": { permission: "edit_team", recent: true },
  "team.resend": { permission: "edit_team", recent: true },
  "team.withdraw": { permission: "edit_team", recent: true },
  "team.role": { permission: "edit_team", recent: true },
  "team.remove": { permission: "edit_team", recent: true },
  "team.sign_out": { permission: "edit_team", recent: true },
  // By the link of an invitation, which says into which merchant (lib/team/join.ts).
  "team.join": { permission: "self", recent: false },
  "notifications.match": { permission: "resolve_notifications", recent: true },
  "notifications.replay": { permission: "resolve_notifications", recent: false },
  "notifications.set_aside": { permission: "resolve_notifications", recent: false },
  "orders.bundle": { permission: "export_orders", recent: false },
  "orders.export": { permission: "export_orders", recent: false },
  "orders.save_view": { permission: "view_orders", recent: false },
  "orders.edit_view": { permission: "view_orders", recent: false },
  "orders.delete_view": { permission: "view_orders", recent: false },
  "orders.recheck": { permission: "recheck_order", recent: false },
  "orders.close": { permission: "close_order", recent: false },
  "orders.resend": { permission: "edit_developers", recent: false },
  "orders.review": { permission: "review_order", recent: false },
  "payouts.balance": { permission: "view_payouts", recent: false },
  "payouts.ask": { permission: "view_payouts", recent: false },
  /** The payout form's steps before the last. */
  "payouts.check": { permission: "send_payout", recent: false },
  "payouts.send": { permission: "send_payout", recent: true },
  "refunds.send": { permission: "refund_order", recent: true },
  "refunds.request": { permission: "request_refund", recent: false },
  "refunds.withdraw": { permission: "request_refund", recent: false },
  "refunds.approve": { permission: "approve_refund", recent: true },
  "refunds.decline": { permission: "approve_refund", recent: true },
  "safety.begin": { permission: "self", recent: true, enrolling: true },
  "safety.enrol": { permission: "self", recent: true, enrolling: true },
  "safety.switch_off": { permission: "self", recent: true },
  "safety.recovery_codes": { permission: "self", recent: true },
  "safety.end_session": { permission: "self", recent: false },
  "safety.end_sessions": { permission: "self", recent: false },
  "system.retry_job": { permission: "platform", recent: false },
  "system.discard_job": { permission: "platform", recent: false },
} as const satisfies Record<string, { permission: Needs; recent: boolean; enrolling?: boolean }>;

export type StaffAction = keyof typeof STAFF_ACTIONS;
/** The actions that are about a merchant. */
export type MerchantAction = { [A in StaffAction]: (typeof STAFF_ACTIONS)[A]["permission"] extends Permission ? A : never }[StaffAction];
