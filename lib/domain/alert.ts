/** What may need a person. The same words stand in the triggers of db/migrations that open alerts. */
export const ALERT_KINDS = {
  orphan: { urgent: false, clears: true, of: "merchant", screen: "notifications" },
  mismatch: { urgent: true, clears: false, of: "merchant", screen: "order" },
  surplus: { urgent: false, clears: false, of: "merchant", screen: "order" },
  paid_late: { urgent: false, clears: false, of: "merchant", screen: "order" },
  flagged: { urgent: false, clears: false, of: "merchant", screen: "order" },
  refund_failed: { urgent: false, clears: false, of: "merchant", screen: "order" },
  refund_unclear: { urgent: false, clears: true, of: "merchant", screen: "order" },
  refund_approval: { urgent: false, clears: false, of: "merchant", screen: "refunds" },
  payout_failed: { urgent: false, clears: false, of: "merchant", screen: "payout" },
  payout_unclear: { urgent: false, clears: true, of: "merchant", screen: "payout" },
  endpoint_disabled: { urgent: true, clears: true, of: "merchant", screen: "endpoint" },
  delivery_dead: { urgent: false, clears: true, of: "merchant", screen: "deliveries" },
  gateway_down: { urgent: true, clears: true, of: "merchant", screen: "account" },
  backlog: { urgent: true, clears: true, of: "installation", screen: "system" },
  worker_stalled: { urgent: true, clears: true, of: "installation", screen: "system" },
  audit_broken: { urgent: true, clears: false, of: "installation", screen: "audit" },
} as const satisfies Record<
  string,
  {
    /** Told in a channel's quiet hours too, unless the channel says otherwise. */
    urgent: boolean;
    /** Whether its end is worth a message: it ends by itself, and nobody may have seen it end. */
    clears: boolean;
    of: "merchant" | "installation";
    /** Where a person does something about it. */
    screen: string;
  }
>;
export type AlertKind = keyof typeof ALERT_KINDS;
export const KINDS = Object.keys(ALERT_KINDS) as AlertKind[];

export const ALERT_SERVICES = ["email", "dingtalk", "feishu", "wecom", "telegram"] as const;
export type AlertService = (typeof ALERT_SERVICES)[number];

/** Why a message was sent. */
export type AlertPurpose = "alert" | "reminder" | "all_clear" | "test";

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
