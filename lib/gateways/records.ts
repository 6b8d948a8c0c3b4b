import type { Currency } from "#lib/domain/currency.ts";
import type { Money } from "#lib/domain/money.ts";

/** What gateways tell and are told beside payments and refunds: rates, bills, customs declarations, returns. */

export interface Rate {
  currency: Currency;
  /** CNY per one unit of `currency`, decimal text. */
  cnyPerUnit: string;
  at: Date;
}

/** One line of a gateway's bill, in our words. Opaque decimals stay text. */
export interface BillLine {
  kind: "payment" | "refund";
  gatewayRef: string;
  gatewayOrderNo: string | null;
  gatewayRefundRef: string | null;
  refundNo: string | null;
  amount: Money;
  fee: string | null;
  at: Date;
  method: string;
}

export interface Bill {
  /** The text as received. */
  text: string;
  lines: BillLine[];
  /** Lines that could not be read, with their line number in the text (first line is 1). */
  unreadable: { line: number; text: string }[];
}

export interface DeclarationRequest {
  wallet: "wechat" | "alipay";
  gatewayOrderNo: string;
  gatewayRef: string;
  customs: string;
  merchantCustomsNo: string;
  /** Alipay only. */
  merchantCustomsName?: string;
  action?: "ADD" | "MODIFY";
  /** Duty in fen (seeds/000 §9.1: int). */
  dutyFen?: bigint;
  /** A split order: its own number and amounts; payable = transport + product. */
  split?: { subOrderNo: string; amount: Money; transport?: Money; product?: Money };
  identity?: { certId: string; name: string };
}

export interface DeclarationKey {
  wallet: "wechat" | "alipay";
  customs?: string;
  merchantCustomsNo?: string;
  merchantCustomsName?: string;
  gatewayRef?: string;
  gatewayOrderNo?: string;
  subOrderNo?: string;
  /** Of the sub-order, CNY; Alipay asks for it again (seeds/000 §9.5, §9.6). */
  subOrderAmount?: Money;
  /** Alipay asks for it again where the declaration had one (seeds/000 §9.5, §9.6). */
  identity?: { certId: string; name: string };
}

export interface Declaration {
  state: "undeclared" | "submitted" | "processing" | "succeeded" | "failed" | "exception";
  customs: string;
  walletRef: string | null;
  subOrderNo: string | null;
  identity: "unchecked" | "same" | "different" | null;
  explanation: string | null;
  modifiedAt: Date | null;
}

/** What the browser brought back from a gateway's own page: a hint which payment to ask about, never proof of anything. */
export interface ReturnHint {
  gatewayOrderNo: string | null;
  gatewayRef: string | null;
  /** The gateway's own words, for people. */
  fields: Record<string, string>;
  /** Parameters that are not the document's: what `extra` was given. */
  extra: Record<string, string>;
}
