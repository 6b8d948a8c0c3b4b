import type { z } from "zod";
import type { Currency } from "#lib/domain/currency.ts";
import type { Method, Wallet } from "#lib/domain/methods.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type {
  Ask,
  Bank,
  CapabilityRow,
  Created,
  CreateRequest,
  Gateway,
  PaymentKey,
  RefundKey,
  RefundRequest,
  RefundStanding,
  RefusalCode,
} from "#lib/gateways/gateway.ts";
import type { InboundMessage, OpenedNotification } from "#lib/gateways/notice.ts";
import type { Balance, OpenedPayoutNotification, PayoutKey, PayoutRequest, PayoutStanding } from "#lib/gateways/payout.ts";
import type { Exchange } from "#lib/gateways/port.ts";
import type { Bill, Declaration, DeclarationKey, DeclarationRequest, Rate } from "#lib/gateways/records.ts";

/** The data a gateway is defined by. `define.ts` interprets it; nothing here does anything. */

/** The account an operation speaks for, credentials and settings already parsed by the gateway's schemas. */
export interface Context<Credentials, Settings> {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly settings: Settings;
}

/** Fields as an operation writes them; an undefined one is not sent, an empty one is. */
export type DraftFields = Record<string, string | undefined>;
export type WireFields = Record<string, string>;

/** One call of a document: our words to its fields, its answer to our words. */
export interface Operation<C, Input, Output> {
  readonly verb: "GET" | "POST";
  path(context: C): string;
  /** The protocol version to name, where an operation has its own. */
  version?(context: C): string;
  /** Why this input cannot be sent (a sentence for the log), or null. Nothing is sent then: `refused/invalid_request`. */
  check?(input: Input, context: C): string | null;
  fields(input: Input, context: C): DraftFields;
  /** Reads the opened answer into our words. What it cannot read is `unknown`, never `failed`. */
  reply(input: Input, context: C): z.ZodType<Output>;
  /** What an answer "the shopper is still paying" means here; without it such an answer is `unknown`. */
  readonly pending?: Output;
  /** `text`: the answer is a file, not an envelope. */
  readonly answer?: "json" | "text";
  /** Another company's wire, where one call of the document goes elsewhere (WeChat's own OAuth, seeds/004 §3.2). Default: the gateway's. */
  readonly codec?: Pick<Codec<C>, "seal" | "openReply" | "legible">;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

/** A page of the gateway's own the browser is sent to: no request of ours, so no reply and no number. */
export interface HandOff<C> {
  readonly verb: "BROWSER";
  path(context: C): string;
  check?(input: CreateRequest, context: C): string | null;
  fields(input: CreateRequest, context: C): DraftFields;
}

export interface Call {
  verb: "GET" | "POST";
  path: string;
  version: string | undefined;
  fields: WireFields;
}

/** What an answer says before its content is read. `proof`: signed by the gateway, or believed because TLS brought it. */
export type OpenedReply =
  | { kind: "data"; data: unknown; proof: "signature" | "tls" }
  | { kind: "refused"; code: RefusalCode; message: string; gatewayCode: string }
  | { kind: "pending"; message: string }
  | { kind: "unknown"; message: string };

/** The only code that touches a key. */
export interface Codec<C> {
  seal(call: Call, context: C, now: Date): { url: string; headers: Record<string, string>; body: string | null };
  openReply(
    answer: { status: number; headers: Readonly<Record<string, string>>; body: string },
    as: "json" | "text",
    context: C,
  ): OpenedReply;
  /**
   * The exchange with what the wire wraps (base64, JSON in a form field) as the text it stands for, so that a record can be
   * masked and read; absent where the wire is legible as it is.
   */
  legible?(exchange: Exchange): Exchange;
  /** Verified, or not at all. */
  openNotification(message: InboundMessage, context: C): OpenedNotification;
  /** Notices about payouts come to an address of their own (`…/payout`). */
  openPayoutNotification?(message: InboundMessage, context: C): OpenedPayoutNotification;
}

export type ByWallet<T> = Partial<Record<Wallet, T>>;

/** One push to one customs office: `customs` is a single code, never a list. */
export interface CustomsOperations<C> {
  /** The offices a code stands for, in the order they must be told; null when the code is not in the document's table. */
  pushes(wallet: "wechat" | "alipay", customs: string): readonly string[] | null;
  declare: Record<"wechat" | "alipay", Operation<C, DeclarationRequest, Declaration[]>>;
  redeclare: Record<"wechat" | "alipay", Operation<C, DeclarationKey, Declaration[]>>;
  query: Record<"wechat" | "alipay", Operation<C, DeclarationKey, Declaration[]>>;
}

/** One way of a document to pay money out. `create` is never sent anew before a query of the same number has answered. */
export interface PayoutChannel<C> {
  readonly banks: readonly Bank[];
  readonly create: Operation<C, PayoutRequest, PayoutStanding>;
  readonly query: Operation<C, PayoutKey, PayoutStanding>;
}

/** A whole gateway as data. A key that is absent is a capability the document does not have. */
export interface Definition<Credentials extends z.ZodObject, Settings extends z.ZodObject, C = ContextOf<Credentials, Settings>> {
  readonly id: string;
  readonly title: string;
  readonly document: string;
  readonly currencies: readonly Currency[];
  readonly credentials: Credentials;
  readonly settings: Settings;
  readonly asks: Partial<Record<Method, readonly Ask[]>>;
  readonly acknowledgement: Gateway["acknowledgement"];
  readonly capabilities: readonly CapabilityRow[];
  readonly hosts: readonly string[];
  /** Names of fields that hold personal data, requests and replies alike: masked in every record. */
  readonly personal: readonly string[];
  readonly codec: Codec<C>;
  readonly create: Partial<Record<Method, Operation<C, CreateRequest, Created> | HandOff<C>>>;
  readonly query?: ByWallet<Operation<C, PaymentKey, Standing>>;
  readonly close?: ByWallet<Operation<C, PaymentKey, Standing>>;
  readonly refund?: ByWallet<Operation<C, RefundRequest, RefundStanding>>;
  readonly fullRefundOnly?: readonly Wallet[];
  readonly queryRefund?: ByWallet<Operation<C, RefundKey, RefundStanding[]>>;
  readonly rate?: ByWallet<Operation<C, { currency: Currency; at: Date }, Rate>>;
  readonly bill?: Operation<C, { from: string; to: string }, Bill>;
  readonly customs?: CustomsOperations<C>;
  readonly banks?: Partial<Record<Method, readonly Bank[]>>;
  readonly payouts?: Readonly<Record<string, PayoutChannel<C>>>;
  readonly balances?: Readonly<Record<string, Operation<C, Record<never, never>, Balance>>>;
  readonly openid?: Operation<C, { code: string }, string>;
  /**
   * The secrets that are themselves sent to somebody, and to which addresses, whole; all others only sign, and never leave.
   * A stored one is not kept when its addresses change (accounts/draft.ts). lib/gateways/sent-secrets.test.ts holds every
   * gateway's requests to it.
   */
  readonly sentSecrets?: Partial<Record<keyof Credentials["shape"] & string, (own: SecretPlace<Settings>) => readonly string[]>>;
  readonly openidByCode?: boolean;
  /**
   * `credentials` is null, and there is no `baseUrl`, when only the settings are known: the answer then says whether there is
   * such an address.
   */
  openidUrl?(
    own: { settings: z.output<Settings>; credentials: z.output<Credentials> | null; baseUrl?: string },
    page: { returnUrl: string; state: string },
  ): string | null;
  readReturn?: NonNullable<Gateway["readReturn"]>;
}

/** What decides where a secret goes. */
export interface SecretPlace<Settings extends z.ZodObject> {
  baseUrl: string;
  settings: z.output<Settings>;
}

export type ContextOf<Credentials extends z.ZodObject, Settings extends z.ZodObject> = Context<z.output<Credentials>, z.output<Settings>>;
