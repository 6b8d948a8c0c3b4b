import type { CashierPage } from "#lib/dialects/cashier-page.ts";
import type { Shown } from "#lib/dialects/shown.ts";

export type { CashierPage, Shown };

/**
 * What stands behind a dialect: the sandbox's ledger (lib/sandbox), or our own payments (app/compat). All amounts and rates
 * are decimal text in major units, never floats, and all times are instants: how a wire writes them is the dialect's business.
 */

/** Whoever holds an account at this gateway. Which key fields are set depends on the gateway. */
export interface Caller {
  /** AgentNo / MerchantNO / merid / mchId / app_id. */
  callerNo: string;
  /** The merchant numbers this caller may act for (an agent has several). */
  merchantNos: readonly string[];
  /** The caller's public key (PEM), for RSA gateways. */
  callerPublicKey: string | null;
  /** The gateway's own private key for this caller (PEM), to sign notifications. */
  gatewayPrivateKey: string | null;
  /** The shared secret, for MD5 gateways. */
  secret: string | null;
  /** The application of the caller, where a gateway wants both (seeds/003 `appId`); else null. */
  appId: string | null;
}

export type PaymentState = "INIT" | "PAID" | "FAIL" | "EXPIRED" | "CLOSED";

/** How the shopper will pay, in the product's words (lib/domain/methods.ts), e.g. `wechat.native`. */
export interface NewPayment {
  method: string;
  merchantNo: string;
  /** The caller's own number (agent_order_id, out_order_no, …) or null where optional and absent. */
  clientNo: string | null;
  currency: string;
  amount: string;
  subject: string;
  notifyUrl: string | null;
  returnUrl: string | null;
  ip: string | null;
  openid: string | null;
  /** The code scanned from the shopper's wallet: decides which wallet pays, and how it ends. */
  authCode: string | null;
  deviceInfo: string | null;
  productId: string | null;
  appId: string | null;
  /**
   * Whatever else the dialect must remember of the request to write later replies, notices and returns with: the caller's own
   * parameters (seeds/000 §4.6.4), a product id, `param1`, `response_version`. Never a card number.
   */
  extra: Record<string, string>;
}

export interface Payment {
  /** The gateway's number. */
  no: string;
  method: string;
  merchantNo: string;
  clientNo: string | null;
  currency: string;
  amount: string;
  subject: string;
  state: PaymentState;
  /** Scan pay: the shopper is still typing a password on the phone. */
  userPaying: boolean;
  ip: string | null;
  openid: string | null;
  deviceInfo: string | null;
  productId: string | null;
  appId: string | null;
  notifyUrl: string | null;
  returnUrl: string | null;
  extra: Record<string, string>;
  /** CNY per one unit of the currency. */
  exchangeRate: string;
  settleRate: string;
  payCurrency: string;
  payAmount: string;
  fee: string;
  /** Which wallet paid: mainland or Hong Kong. */
  channel: "CN" | "HK";
  buyerId: string | null;
  buyerEmail: string | null;
  /** The number the wallet company gave the payment, once paid. */
  walletNo: string | null;
  createdAt: Date;
  /** When it was paid; else null. */
  paidAt: Date | null;
  /** When the caller first acknowledged the notice of it (seeds/003: status 2 becomes 3); else null. */
  acknowledgedAt: Date | null;
  refundedAmount: string;
  /** A short code that the wallet's scanner resolves: stands in `weixin://wxpay/bizpayurl?pr=<code>`, `https://qr.alipay.com/<code>`, `prepay_id=<code>`. */
  code: string;
  /** What the shopper acts on, where it comes from elsewhere (our own payments, through another gateway); absent: codes and pages of this gateway's own. */
  shown?: Shown;
}

export interface Refund {
  no: string;
  clientRefundNo: string | null;
  paymentNo: string;
  clientNo: string | null;
  amount: string;
  state: "SUCCESS" | "PROCESSING" | "FAIL";
  createdAt: Date;
}

export interface BillEntry {
  payment: Payment;
  /** Null for the payment itself. */
  refund: Refund | null;
}

export interface NewDeclaration {
  wallet: "wechat" | "alipay";
  payment: Payment;
  /** The code list as sent, e.g. `HENAN,ZONGSHU`, split in order. */
  customs: readonly string[];
  merchantCustomsNo: string;
  merchantCustomsName: string | null;
  action: "ADD" | "MODIFY";
  dutyFen: string | null;
  subOrderNo: string | null;
  subOrderAmount: string | null;
  transportAmount: string | null;
  productAmount: string | null;
  certId: string | null;
  name: string | null;
}

export interface DeclarationRecord extends NewDeclaration {
  state: "UNDECLARED" | "SUBMITTED" | "PROCESSING" | "SUCCESS" | "FAIL" | "EXCEPT";
  certCheck: "UNCHECKED" | "SAME" | "DIFFERENT";
  walletNo: string;
  explanation: string | null;
  modifiedAt: Date;
}

/** Money the caller pays out to somebody's bank account. `channel` is the dialect's own word where a document has several. */
export interface NewPayout {
  channel: string;
  merchantNo: string;
  clientNo: string;
  currency: string;
  amount: string;
  accountNo: string;
  accountName: string;
  notifyUrl: string | null;
  /** What replies and notices repeat: bank codes, mobile, remark, `param1`… */
  extra: Record<string, string>;
}

export interface Payout extends NewPayout {
  no: string;
  state: "CREATED" | "PROCESSING" | "PAID" | "FAIL";
  fee: string;
  /** The number the bank gave it, once it moved. */
  channelNo: string | null;
  createdAt: Date;
  /** When it was paid or failed; else null. */
  endedAt: Date | null;
  acknowledgedAt: Date | null;
}

/** What a caller has at the gateway, decimal text in major units. */
export interface Holdings {
  available: string;
  frozen: string;
  unsettled: string;
}

/** Why a backend would not do it; each dialect has a table from these to its own codes. */
export type Problem =
  | "unknown_merchant"
  | "currency_not_supported"
  | "amount_invalid"
  | "duplicate_number"
  | "not_found"
  | "not_paid"
  | "refund_exceeds"
  | "auth_code_invalid"
  | "auth_code_expired"
  | "balance_insufficient"
  | "already_declared"
  | "already_paid"
  | "already_closed"
  | "unavailable"
  | "wallet_down"
  /** The merchant has no way to be paid like this. */
  | "method_unavailable"
  /** Whoever would have been paid through said no: nothing was created. */
  | "channel_refused"
  /** The address for notices leads nowhere a notice may go. */
  | "notify_address_invalid";

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What stands behind a dialect. Amount rules (places, > 0) are the dialect's to check; existence and state are the backend's. */
export interface Backend {
  caller(callerNo: string): Promise<Caller | null>;
  /** The caller a merchant belongs to: agent /mp_pay comes unsigned, with nothing but a merchant number. */
  callerOfMerchant(merchantNo: string): Promise<Caller | null>;
  create(caller: Caller, payment: NewPayment): Promise<Answer<Payment>>;
  find(caller: Caller, by: { no: string } | { clientNo: string }): Promise<Payment | null>;
  /** `amount` null means all that is left. The same clientRefundNo again answers the same refund. */
  refund(caller: Caller, payment: Payment, refund: { clientRefundNo: string | null; amount: string | null }): Promise<Answer<Refund>>;
  findRefunds(
    caller: Caller,
    by: { no: string } | { clientRefundNo: string } | { paymentNo: string } | { clientNo: string },
  ): Promise<Refund[]>;
  close(caller: Caller, payment: Payment): Promise<Answer<Payment>>;
  /** CNY per one unit of the currency, or null when there is none. */
  rate(wallet: "wechat" | "alipay", currency: string): Promise<string | null>;
  /** Instants: from inclusive, to exclusive. At most 100,000 entries. */
  bill(caller: Caller, range: { from: Date; to: Date }): Promise<BillEntry[]>;
  /** One record per customs code, in the order of `customs`. */
  declare(caller: Caller, declaration: NewDeclaration): Promise<Answer<DeclarationRecord[]>>;
  redeclare(caller: Caller, by: DeclarationLookup): Promise<Answer<DeclarationRecord[]>>;
  findDeclarations(caller: Caller, by: DeclarationLookup): Promise<DeclarationRecord[]>;
  /** A mini program's login code for an openid, or null when the code is not (or no longer) good. */
  openid(caller: Caller, merchantNo: string, code: string): Promise<string | null>;
  /** The address of a page of the gateway's own for this payment: a cashier the shopper is redirected to or framed in. */
  pageUrl(payment: Payment, page: CashierPage): string;
  /** The address of the page which finds out the shopper's openid at this merchant, then opens `backUrl` with `parameter=<openid>` appended. */
  openidPageUrl(merchantNo: string, backUrl: string, parameter: string): string;
  /** The same clientNo again answers the same payout when nothing differs, else `duplicate_number`. */
  createPayout(caller: Caller, payout: NewPayout): Promise<Answer<Payout>>;
  findPayout(caller: Caller, by: { channel: string } & ({ no: string } | { clientNo: string })): Promise<Payout | null>;
  holdings(caller: Caller): Promise<Holdings>;
  /** Owes the caller one more notice of this payment or payout, sent at once (seeds/003 `executeNotify`). */
  renotify(caller: Caller, what: { payment: Payment } | { payout: Payout }): Promise<void>;
}

export interface DeclarationLookup {
  wallet: "wechat" | "alipay";
  paymentNo: string | null;
  clientNo: string | null;
  subOrderNo: string | null;
  customs: readonly string[] | null;
  merchantCustomsNo: string | null;
  merchantCustomsName: string | null;
}
