/** What may need a person. The same words stand in the triggers of db/migrations that open alerts. */
export const ALERT_KINDS = {
  orphan: { urgent: false, clears: true, closable: true, of: "merchant", screen: "notifications" },
  mismatch: { urgent: true, clears: false, closable: true, of: "merchant", screen: "order" },
  surplus: { urgent: false, clears: false, closable: true, of: "merchant", screen: "order" },
  paid_late: { urgent: false, clears: false, closable: true, of: "merchant", screen: "order" },
  flagged: { urgent: false, clears: false, closable: true, of: "merchant", screen: "order" },
  refund_failed: { urgent: false, clears: false, closable: true, of: "merchant", screen: "order" },
  refund_unclear: { urgent: false, clears: true, closable: false, of: "merchant", screen: "order" },
  refund_approval: { urgent: false, clears: false, closable: false, of: "merchant", screen: "refunds" },
  payout_failed: { urgent: false, clears: false, closable: true, of: "merchant", screen: "payout" },
  payout_unclear: { urgent: false, clears: true, closable: true, of: "merchant", screen: "payout" },
  endpoint_disabled: { urgent: true, clears: true, closable: true, of: "merchant", screen: "endpoint" },
  delivery_dead: { urgent: false, clears: true, closable: true, of: "merchant", screen: "deliveries" },
  gateway_down: { urgent: true, clears: true, closable: true, of: "merchant", screen: "account" },
  backlog: { urgent: true, clears: true, closable: false, of: "installation", screen: "system" },
  worker_stalled: { urgent: true, clears: true, closable: false, of: "installation", screen: "system" },
  audit_broken: { urgent: true, clears: false, closable: false, of: "installation", screen: "audit" },
} as const satisfies Record<
  string,
  {
    /** Told in a channel's quiet hours too, unless the channel says otherwise. */
    urgent: boolean;
    /** Whether its end is worth a message: it ends by itself, and nobody may have seen it end. */
    clears: boolean;
    /** Whether a person may close it: not what lasts as long as its rows say. */
    closable: boolean;
    of: "merchant" | "installation";
    /** Where a person does something about it. */
    screen: string;
  }
>;
export type AlertKind = keyof typeof ALERT_KINDS;
export const KINDS = Object.keys(ALERT_KINDS) as AlertKind[];

export const ALERT_SERVICES = ["email", "dingtalk", "feishu", "wecom", "telegram"] as const;
export type AlertService = (typeof ALERT_SERVICES)[number];

/**
 * What came of a message to a service, in our words. These services answer HTTP 200 with an error code inside: each one's own
 * codes are read into these (lib/alerts/chat).
 */
export const ALERT_ANSWERS = [
  "sent",
  /** The address is not one of the service's, or leads to where nothing may be sent. */
  "address_refused",
  "unreachable",
  /** An HTTP error without words. */
  "http_error",
  /** Not what the service's document says it answers. */
  "unreadable",
  /** Signature, or the clock in it. */
  "signature",
  /** The robot wants a keyword that the message does not have. */
  "keyword",
  /** The robot takes messages from other addresses than ours. */
  "ip",
  /** No such robot: token or address. */
  "token",
  /** No such chat, or the bot is not in it. */
  "chat",
  "too_fast",
  "busy",
  "too_long",
  "refused",
  /** E-mail. */
  "mail_not_configured",
  "mail_address",
  "mail_tls",
  "mail_login",
] as const;
export type AlertAnswer = (typeof ALERT_ANSWERS)[number];

/** Waits before each further try of a message, seconds: half a day in all. */
export const ALERT_RETRY_SECONDS = [10, 60, 300, 900, 3600, 10_800, 28_800] as const;

/** How alerts are gathered into one message, seconds (lib/domain/alert-gathering.ts). */
export const GATHER = {
  /** A group is told when nothing has been added to it for so long, … */
  lull: 3,
  /** … or when its first has waited so long. */
  most: 60,
  /** After a message of a kind the next of that kind gathers so long; what is urgent does not wait. */
  after: 300,
} as const;

/** Why a message was sent. */
export type AlertPurpose = "alert" | "reminder" | "all_clear" | "test";

/** Where a person does something about an alert: a page of the dashboard. */
export function alertHref(kind: AlertKind, facts: AlertFacts): string {
  const id = encodeURIComponent(ALERT_PLACES[ALERT_KINDS[kind].screen].fact.map((name) => facts[name] ?? "").join(""));
  return ALERT_PLACES[ALERT_KINDS[kind].screen].href + id;
}

const ALERT_PLACES = {
  notifications: { href: "/dashboard/notifications", fact: [] },
  order: { href: "/dashboard/orders/", fact: ["order"] },
  refunds: { href: "/dashboard/refunds", fact: [] },
  payout: { href: "/dashboard/payouts/", fact: ["payout"] },
  endpoint: { href: "/dashboard/developers/endpoints/", fact: ["endpoint"] },
  deliveries: { href: "/dashboard/deliveries?endpoint=", fact: ["endpoint"] },
  account: { href: "/dashboard/accounts/", fact: ["account"] },
  system: { href: "/dashboard/system", fact: [] },
  audit: { href: "/dashboard/audit", fact: [] },
} as const satisfies Record<string, { href: string; fact: readonly (keyof AlertFacts)[] }>;

/** What is known of an alert's subject; which are there depends on the kind. Amounts are minor units as digits. */
export interface AlertFacts {
  order?: string;
  reference?: string;
  number?: string;
  notification?: string;
  account?: string;
  accountTitle?: string;
  method?: string;
  refund?: string;
  payout?: string;
  endpoint?: string;
  url?: string;
  amount?: string;
  currency?: string;
  /** A code of the kind's own: why it is so. */
  why?: string;
  /** Of a backlog: which queue, and how old its oldest is. */
  queue?: string;
  minutes?: number;
}
