import type { z } from "zod";
import type { Currency } from "#lib/domain/currency.ts";
import type { Method, Wallet } from "#lib/domain/methods.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type {
  Ask,
  CapabilityRow,
  Created,
  CreateRequest,
  Gateway,
  InboundMessage,
  OpenedNotification,
  PaymentKey,
  RefundKey,
  RefundRequest,
  RefundStanding,
  RefusalCode,
} from "#lib/gateways/gateway.ts";
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
  /** Verified, or not at all. */
  openNotification(message: InboundMessage, context: C): OpenedNotification;
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
  readonly queryRefund?: ByWallet<Operation<C, RefundKey, RefundStanding[]>>;
  readonly rate?: ByWallet<Operation<C, { currency: Currency; at: Date }, Rate>>;
  readonly bill?: Operation<C, { from: string; to: string }, Bill>;
  readonly customs?: CustomsOperations<C>;
  readonly openid?: Operation<C, { code: string }, string>;
  /** `credentials` is null when only the settings are known: the answer then says whether there is such an address. */
  openidUrl?(
    own: { settings: z.output<Settings>; credentials: z.output<Credentials> | null },
    page: { returnUrl: string; state: string },
  ): string | null;
  readReturn?: NonNullable<Gateway["readReturn"]>;
}

export type ContextOf<Credentials extends z.ZodObject, Settings extends z.ZodObject> = Context<z.output<Credentials>, z.output<Settings>>;
