import type { Currency } from "#lib/domain/currency.ts";
import type { Money } from "#lib/domain/money.ts";
import type { NotificationRefusal } from "#lib/gateways/notice.ts";

/** Money going out to somebody's bank account, where a document has that (seeds/003 §3, seeds/004 §2.15–2.17, §2.23–2.25). */

/** Where a payout's money goes. Personal data: every field is sealed at rest and masked in records. */
export interface PayoutAccount {
  kind: "personal" | "company";
  /** Card or account number. */
  number: string;
  name: string;
  mobile?: string;
  /** The bank's code in the gateway's own table (seeds/003 §4.3), or 联行号 (seeds/004): the channel's schema says which. */
  bankCode?: string;
  bankName?: string;
  province?: string;
  city?: string;
  idCard?: string;
}

export interface PayoutRequest {
  /** Our number for the payout; the same number again never pays twice. */
  payoutNo: string;
  amount: Money;
  account: PayoutAccount;
  remark: string;
  notifyUrl: string;
  clientIp: string;
}

export interface PayoutKey {
  payoutNo: string;
  gatewayRef: string | null;
  amount: Money;
}

/** What a gateway says about one payout. Anything unclear is `unknown` and asked again: never sent anew before that. */
export interface PayoutStanding {
  kind: "paid" | "pending" | "failed" | "unknown";
  gatewayRef: string | null;
  amount: Money | null;
  /** What the gateway takes for it, decimal text, when it says so. */
  fee?: string;
  code?: string;
}

/** A balance a gateway keeps for the account. `available` can be paid out or refunded from; null: the document has no such part. */
export interface Balance {
  currency: Currency;
  total: Money | null;
  available: Money | null;
  frozen: Money | null;
  /** Not yet settled to the merchant. */
  unsettled: Money | null;
}

/** A verified notice about a payout (seeds/003 §3.3). */
export interface VerifiedPayoutNotification {
  payoutNo: string;
  gatewayRef: string | null;
  standing: PayoutStanding;
  settles: "inline" | "query";
  fingerprint: string;
  fields: Record<string, string>;
  /** As of `VerifiedNotification`. */
  conflict?: string;
}

export type OpenedPayoutNotification =
  | { ok: true; notification: VerifiedPayoutNotification }
  | { ok: false; reason: NotificationRefusal; detail: string; payoutNo: string | null };
