import type { z } from "zod";
import type { Currency } from "#lib/domain/currency.ts";
import type { Method, Wallet } from "#lib/domain/methods.ts";
import type { Money } from "#lib/domain/money.ts";
import type { Presentation } from "#lib/domain/presentation.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { InboundMessage, OpenedNotification } from "#lib/gateways/notice.ts";
import type { Balance, OpenedPayoutNotification, PayoutKey, PayoutRequest, PayoutStanding } from "#lib/gateways/payout.ts";
import type { GatewayPort } from "#lib/gateways/port.ts";
import type { Bill, Declaration, DeclarationKey, DeclarationRequest, Rate, ReturnHint } from "#lib/gateways/records.ts";

/**
 * The words every gateway is spoken to in. A gateway folder translates them to its wire and back; nothing outside it
 * knows a path, a header or a status word. Expected outcomes are values; an exception is a bug.
 */

/** What a method needs from the shopper or the page before it can be created. */
export type Ask = "openid" | "auth_code" | "app_id" | "bank" | "card_number" | "payer";

/**
 * The end of a call. `refused`: the gateway answered and nothing was created. `unreachable`: the request surely never
 * left, so another account may be tried. `unknown`: it may have arrived; only a query with the same number can tell.
 */
export type Outcome<T> =
  | { ok: true; value: T }
  | { ok: false; kind: "refused"; code: RefusalCode; message: string; gatewayCode?: string }
  | { ok: false; kind: "unreachable"; message: string }
  | { ok: false; kind: "unknown"; message: string };

/** Why a gateway said no, in our words; each gateway maps its own codes to these by a table. */
export const REFUSAL_CODES = [
  "invalid_request",
  "signature_rejected",
  "clock_skew",
  "forbidden",
  "not_found",
  "already_paid",
  "already_closed",
  "duplicate_number",
  "insufficient_balance",
  "code_expired",
  "amount_rejected",
  "refund_exceeds",
  "busy",
  "wallet_error",
  "unsupported",
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** The bank and the kind of card a shopper chose (seeds/004 `unionpay.gateway`). */
export interface ChosenBank {
  code: string;
  card: "debit" | "credit" | "any";
}

/** Who sends a bank transfer (seeds/003 §2.1.4, `param1` of product 8000). Personal data. */
export interface Payer {
  bankCode: string;
  name: string;
  account: string;
}

export interface CreateRequest {
  /** Our number for this attempt; the gateway knows the payment by it. */
  gatewayOrderNo: string;
  amount: Money;
  subject: string;
  notifyUrl: string;
  returnUrl: string;
  clientIp: string;
  expiresAt: Date;
  openid?: string;
  authCode?: string;
  appId?: string;
  deviceInfo?: string;
  productId?: string;
  bank?: ChosenBank;
  /** Passed on to the gateway, never stored nor logged: its field's name is `personal` in the gateway's definition. */
  cardNumber?: string;
  payer?: Payer;
  /** Desks only: given back on return beside the documented parameters (seeds/000 §4.6.4). Names of the document's own are refused. */
  extra?: Readonly<Record<string, string>>;
}

export interface Created {
  presentation: Presentation;
  /** The gateway's own number, null when the protocol's answer has none (agent /mp_pay, the desks). */
  gatewayRef: string | null;
  /** Set where create charges at once (scan pay); else the payment is pending. */
  standing?: Standing;
  /** CNY per one unit of the foreign currency, decimal text, when the answer names it. */
  exchangeRate?: string;
}

/** How to name a payment to its gateway. `method` decides the path where wallets have their own. */
export interface PaymentKey {
  method: Method;
  gatewayOrderNo: string;
  gatewayRef: string | null;
  amount: Money;
}

export interface RefundRequest extends PaymentKey {
  /** Our number for the refund; the same number again never refunds twice. */
  refundNo: string;
  /** Always sent: an omitted amount means a full refund (protocols.md §1). */
  refundAmount: Money;
  reason?: string;
}

/** By which number a refund is looked for; each of the document's numbers may serve. */
export type RefundKey = { method: Method; currency: Currency } & (
  | { by: "refundNo"; refundNo: string }
  | { by: "gatewayRefundRef"; gatewayRefundRef: string }
  | { by: "gatewayRef"; gatewayRef: string }
  | { by: "gatewayOrderNo"; gatewayOrderNo: string }
);

/** What a gateway says about one refund. */
export interface RefundStanding {
  kind: "succeeded" | "pending" | "failed" | "unknown";
  gatewayRefundRef: string | null;
  refundNo: string | null;
  amount: Money | null;
  code?: string;
}

/** A gateway opened with one account's credentials. An absent method is a capability the document does not have. */
export interface OpenAccount {
  readonly methods: readonly Method[];
  create(method: Method, request: CreateRequest): Promise<Outcome<Created>>;
  query?(key: PaymentKey): Promise<Outcome<Standing>>;
  close?(key: PaymentKey): Promise<Outcome<Standing>>;
  refund?(request: RefundRequest): Promise<Outcome<RefundStanding>>;
  queryRefund?(key: RefundKey): Promise<Outcome<RefundStanding[]>>;
  rate?(wallet: Wallet, currency: Currency): Promise<Outcome<Rate>>;
  /** Days are calendar dates `YYYY-MM-DD` in UTC+8, both included. */
  bill?(range: { from: string; to: string }): Promise<Outcome<Bill>>;
  declare?(request: DeclarationRequest): Promise<Outcome<Declaration[]>>;
  redeclare?(key: DeclarationKey): Promise<Outcome<Declaration[]>>;
  queryDeclaration?(key: DeclarationKey): Promise<Outcome<Declaration[]>>;
  /** Exchanges a mini program's login code for an openid (seeds/000 §4.4). */
  openid?(code: string): Promise<Outcome<string>>;
  /** Where the browser fetches the shopper's openid; null when the account's settings name no such address (seeds/000 §4.1). */
  openidUrl?(page: { returnUrl: string; state: string }): string | null;
  openNotification(message: InboundMessage): OpenedNotification;
  /** The account's ways to pay out, by name; empty where the document has none. */
  readonly payoutChannels: readonly string[];
  /** `refused/unsupported` for a channel the gateway does not have. */
  payout?(channel: string, request: PayoutRequest): Promise<Outcome<PayoutStanding>>;
  queryPayout?(channel: string, key: PayoutKey): Promise<Outcome<PayoutStanding>>;
  /** By name of the document's balance operation (`balanceNames`). */
  balance?(name: string): Promise<Outcome<Balance>>;
  readonly balanceNames: readonly string[];
  openPayoutNotification?(message: InboundMessage): OpenedPayoutNotification;
}

export interface Bank {
  code: string;
  name: string;
}

/** What a gateway is, without an account: what pages, forms and the capability table read. */
export interface Gateway {
  readonly id: string;
  /** A proper name; not translated. */
  readonly title: string;
  readonly document: string;
  readonly currencies: readonly Currency[];
  /** Fields whose schema carries `.meta({ secret: true })` are sealed, masked and never shown again. */
  readonly credentials: z.ZodObject;
  readonly settings: z.ZodObject;
  readonly methods: readonly Method[];
  /** Methods whose create charges: after an unclear answer never created anew, nor sent again, before a query has answered. */
  readonly chargesAtOnce: ReadonlySet<Method>;
  /** What must be known before the method's create can be called. */
  readonly asks: Partial<Record<Method, readonly Ask[]>>;
  /** The document's bank codes to choose from, for methods that ask for a bank or a payer. Names are the document's, Chinese. */
  readonly banks: Partial<Record<Method, readonly Bank[]>>;
  /** The document's payout channels with the bank codes each takes; empty where there is none. */
  readonly payoutChannels: Readonly<Record<string, { banks: readonly Bank[] }>>;
  /** Wallets whose refunds are of the whole payment only (seeds/004: UnionPay). Absent: none. */
  readonly fullRefundOnly?: readonly Wallet[];
  /** Wallets whose exchange rate can be asked for. Absent: none. */
  readonly rateWallets?: readonly Wallet[];
  readonly balanceNames: readonly string[];
  /** The body that counts as our acknowledgement, sent only after commit. */
  readonly acknowledgement: { status: number; contentType: string; body: string };
  /** Rows of docs/gateways.md. */
  readonly capabilities: readonly CapabilityRow[];
  /** Hosts (exact, or `*.suffix`) a redirect, form or iframe of this gateway may lead to, beside the account's own base URL. */
  readonly hosts: readonly string[];
  /**
   * Where the browser gets the shopper's openid, or null when the account has no such address. Credentials that do not
   * fit the schema give an address without the merchant: enough to know that there is one. To go there: `OpenAccount.openidUrl`.
   */
  openidUrl?(settings: unknown, credentials: unknown, page: { returnUrl: string; state: string }): string | null;
  /** True where that address brings back a code for `OpenAccount.openid`, never an openid itself: one in the address is then somebody's invention. */
  readonly openidByCode?: boolean;
  /**
   * Where the secrets go that are sent themselves, by the credential's name; others only sign, and never leave. `settings` as
   * they are stored; throws when they do not fit the schema.
   */
  secretAddresses(account: { baseUrl: string; settings: unknown }): Readonly<Record<string, readonly string[]>>;
  /** Reads the parameters the gateway adds to the return address; null when they are not such parameters. */
  readReturn?(query: string): ReturnHint | null;
  open(account: { baseUrl: string; credentials: unknown; settings: unknown }, port: GatewayPort): OpenAccount;
}

/** One operation, variant or notification of a document. */
export interface CapabilityRow {
  section: string;
  operation: string;
  method: Method | null;
  wire: string;
  evidence: "documented" | "assumed" | "real clients";
  /** The foreign vector that proves its bytes, by id in the gateway's vectors.json. */
  vector?: string;
}
