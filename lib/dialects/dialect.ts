/**
 * The gateway's side of a wire, as another company would write it: parse and verify a request, ask a backend, write the
 * reply; sign a notification. A dialect is written from the gateway's document alone and never imports lib/gateways.
 * It has two backends: the sandbox (lib/sandbox) and, later, our own payments (app/compat).
 * All amounts and rates here are decimal text in major units, exactly as they will stand on the wire, never floats.
 * All times are instants; the wire's `YYYY-MM-DD HH:mm:ss` in UTC+8 is the dialect's business.
 */

/** A request exactly as received. `path` is below the gateway's root, e.g. `/order/scanned_pay`; header names lower case. */
export interface WireRequest {
  method: string;
  path: string;
  /** The raw query string, without the question mark. */
  query: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  receivedAt: Date;
  clientIp: string;
}

export interface WireReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A message the gateway sends to the caller's notify_url. */
export interface WireMessage {
  method: "POST" | "GET";
  url: string;
  headers: Record<string, string>;
  body: string;
}

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
  /** Everything else the caller sent, to be given back on return (seeds/000 §4.6.4). */
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
  refundedAmount: string;
  /** A short code that the wallet's scanner resolves: stands in `weixin://wxpay/bizpayurl?pr=<code>`, `https://qr.alipay.com/<code>`, `prepay_id=<code>`. */
  code: string;
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
  | "unavailable"
  | "wallet_down";

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
  pageUrl(payment: Payment, page: "pc_desk" | "mp_desk" | "alipay_desk" | "alipay_wap" | "alipay_qr_frame"): string;
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

export interface Dialect {
  readonly id: string;
  handle(request: WireRequest, backend: Backend): Promise<WireReply>;
  /** The signed notice of a payment's outcome, or null when the payment has no notify_url. */
  notification(caller: Caller, payment: Payment, now: Date): WireMessage | null;
  /** Where a desk sends the shopper back to, with all documented parameters and the extra ones; null without return_url. */
  returnUrl(payment: Payment): string | null;
  /** Whether an answer counts as received. */
  acknowledged(reply: { status: number; body: string }): boolean;
  /** Waits before each further try of a notification, seconds. */
  readonly retrySeconds: readonly number[];
}
