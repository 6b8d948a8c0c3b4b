import { describe, expect, it } from "vitest";
import { allows, type MerchantRole, PERMISSIONS, type Permission } from "#lib/domain/permission.ts";

// Written out, not derived: a change of the table must be a change of this grid, seen in review.
const GRID: Record<Permission, string> = {
  //                   owner admin operator viewer
  view_orders: "yes yes yes yes",
  recheck_order: "yes yes yes no",
  close_order: "yes yes yes no",
  review_order: "yes yes no no",
  refund_order: "yes yes no no",
  request_refund: "yes yes yes no",
  approve_refund: "yes yes no no",
  view_refunds: "yes yes yes yes",
  export_orders: "yes yes yes no",
  view_notifications: "yes yes yes yes",
  resolve_notifications: "yes yes no no",
  view_deliveries: "yes yes yes yes",
  view_links: "yes yes yes yes",
  edit_links: "yes yes yes no",
  view_developers: "yes yes yes yes",
  edit_developers: "yes yes no no",
  view_accounts: "yes yes no no",
  edit_accounts: "yes yes no no",
  use_counter: "yes yes yes no",
  view_payouts: "yes yes no no",
  send_payout: "yes no no no",
  view_team: "yes yes no no",
  edit_team: "yes yes no no",
  view_audit: "yes yes no no",
  view_settings: "yes yes no no",
  edit_settings: "yes yes no no",
  edit_limits: "yes no no no",
  view_alerts: "yes yes no no",
  edit_alerts: "yes yes no no",
};
const ROLES: MerchantRole[] = ["owner", "admin", "operator", "viewer"];

describe("permissions", () => {
  it("lists every permission of the table", () => {
    expect(Object.keys(GRID).sort()).toEqual(Object.keys(PERMISSIONS).sort());
  });

  for (const permission of Object.keys(GRID) as Permission[]) {
    it(`${permission}: owner, admin, operator, viewer are ${GRID[permission]}`, () => {
      const answers = ROLES.map((role) => (allows({ platformAdmin: false, roles: { mer_1: role } }, "mer_1", permission) ? "yes" : "no"));
      expect(answers.join(" ")).toBe(GRID[permission]);
    });

    it(`${permission}: a role in one merchant grants nothing in another`, () => {
      expect(allows({ platformAdmin: false, roles: { mer_1: "owner" } }, "mer_2", permission)).toBe(false);
    });

    it(`${permission}: a platform admin may, in every merchant`, () => {
      expect(allows({ platformAdmin: true, roles: {} }, "mer_2", permission)).toBe(true);
    });
  }

  it("takes no name of Object's own for a merchant", () => {
    expect(allows({ platformAdmin: false, roles: {} }, "constructor", "view_orders")).toBe(false);
  });
});
