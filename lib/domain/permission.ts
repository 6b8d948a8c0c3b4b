/** What a person may be in a merchant; the same words as db/schema/users.ts. */
export type MerchantRole = "owner" | "admin" | "operator" | "viewer";

/**
 * Who may do what in a merchant: the only such table. A platform admin may do everything in every merchant. Pages show
 * what the table allows; actions ask it again, because a page is not a lock.
 */
export const PERMISSIONS = {
  view_orders: ["owner", "admin", "operator", "viewer"],
  recheck_order: ["owner", "admin", "operator"],
  close_order: ["owner", "admin", "operator"],
  review_order: ["owner", "admin"],
  refund_order: ["owner", "admin"],
  /** Asking for a refund that somebody else then approves. */
  request_refund: ["owner", "admin", "operator"],
  approve_refund: ["owner", "admin"],
  view_refunds: ["owner", "admin", "operator", "viewer"],
  export_orders: ["owner", "admin", "operator"],
  view_notifications: ["owner", "admin", "operator", "viewer"],
  /** Matching an orphan to its order, working a notification through again. */
  resolve_notifications: ["owner", "admin"],
  view_deliveries: ["owner", "admin", "operator", "viewer"],
  view_links: ["owner", "admin", "operator", "viewer"],
  edit_links: ["owner", "admin", "operator"],
  view_developers: ["owner", "admin", "operator", "viewer"],
  edit_developers: ["owner", "admin"],
  view_accounts: ["owner", "admin"],
  edit_accounts: ["owner", "admin"],
  use_counter: ["owner", "admin", "operator"],
  view_payouts: ["owner", "admin"],
  send_payout: ["owner"],
  view_team: ["owner", "admin"],
  /** Whom an admin may make what is lib/domain/team.ts's to say. */
  edit_team: ["owner", "admin"],
  view_audit: ["owner", "admin"],
  view_settings: ["owner", "admin"],
  edit_settings: ["owner", "admin"],
  /** Approval limits and the daily refund cap. */
  edit_limits: ["owner"],
  view_alerts: ["owner", "admin"],
  edit_alerts: ["owner", "admin"],
} as const satisfies Record<string, readonly MerchantRole[]>;
export type Permission = keyof typeof PERMISSIONS;

/** What the table needs to know of a person: `roles` by merchant id. */
export interface Member {
  platformAdmin: boolean;
  roles: Readonly<Record<string, MerchantRole>>;
}

/** True when this person may do that in this merchant. A merchant they are no member of grants nothing. */
export function allows(person: Member, merchantId: string, permission: Permission): boolean {
  if (person.platformAdmin) return true;
  const role = Object.hasOwn(person.roles, merchantId) ? person.roles[merchantId] : undefined;
  return role !== undefined && (PERMISSIONS[permission] as readonly MerchantRole[]).includes(role);
}
