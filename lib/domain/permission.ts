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
  view_notifications: ["owner", "admin", "operator", "viewer"],
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
