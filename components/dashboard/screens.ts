import type { IconName } from "#components/ui/icon.tsx";
import type { Permission } from "#lib/domain/permission.ts";

/** A screen of the rail. `needs: "platform"`: platform admins only. */
export interface RailScreen {
  name: string;
  href: string;
  icon: IconName;
  needs: Permission | "platform";
  exact: boolean;
  group: "money" | "setup" | "platform";
}

/** The rail's screens in their order; the first ones are on a phone's bar. */
export const SCREENS = [
  { name: "home", href: "/dashboard", icon: "home", needs: "view_orders", exact: true, group: "money" },
  { name: "orders", href: "/dashboard/orders", icon: "orders", needs: "view_orders", exact: false, group: "money" },
  { name: "counter", href: "/dashboard/counter", icon: "scan", needs: "use_counter", exact: false, group: "money" },
  { name: "refunds", href: "/dashboard/refunds", icon: "refund", needs: "view_refunds", exact: false, group: "money" },
  { name: "links", href: "/dashboard/links", icon: "link", needs: "view_links", exact: false, group: "money" },
  { name: "payouts", href: "/dashboard/payouts", icon: "payout", needs: "view_payouts", exact: false, group: "money" },
  { name: "notifications", href: "/dashboard/notifications", icon: "inbox", needs: "view_notifications", exact: false, group: "money" },
  { name: "deliveries", href: "/dashboard/deliveries", icon: "send", needs: "view_deliveries", exact: false, group: "money" },
  { name: "accounts", href: "/dashboard/accounts", icon: "gateway", needs: "view_accounts", exact: false, group: "setup" },
  { name: "developers", href: "/dashboard/developers", icon: "code", needs: "view_developers", exact: false, group: "setup" },
  { name: "team", href: "/dashboard/team", icon: "team", needs: "view_team", exact: false, group: "setup" },
  { name: "alerts", href: "/dashboard/alerts", icon: "bell", needs: "view_alerts", exact: false, group: "setup" },
  { name: "audit", href: "/dashboard/audit", icon: "audit", needs: "view_audit", exact: false, group: "setup" },
  { name: "settings", href: "/dashboard/settings", icon: "settings", needs: "view_settings", exact: false, group: "setup" },
  { name: "merchants", href: "/dashboard/merchants", icon: "shop", needs: "platform", exact: false, group: "platform" },
  { name: "system", href: "/dashboard/system", icon: "pulse", needs: "platform", exact: false, group: "platform" },
] as const satisfies readonly RailScreen[];

/** On a phone's bar there is room for four screens and "more". */
export const BAR_SCREENS = 4;
