import type { Method } from "#lib/domain/methods.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { BANKS } from "#lib/gateways/fengniao/banks.ts";
import { ASSUMED } from "#lib/gateways/fengniao/commands.ts";
import { type Create, create, named, ordered, orderName, qr, redirect } from "#lib/gateways/fengniao/create.ts";
import type { ChosenBank, CreateRequest } from "#lib/gateways/gateway.ts";
import type { DraftFields } from "#lib/gateways/operation.ts";

/** §2.13 `pay_type`. */
const PAY_TYPES = { debit: "1", credit: "2", any: "3" } as const satisfies Record<ChosenBank["card"], string>;
const BANK_CODES: ReadonlySet<string> = new Set(BANKS.map(({ code }) => code));

/** §2.11: the shopper scans our QR with JD's app, within two hours. */
const jd = create("jd.pay", {
  fields: (request, context) => ({
    ...named(request, context),
    order_type: context.settings.orderType,
    notify_url: request.notifyUrl,
  }),
  present: qr,
});

/** §2.12. The document answers `code_url`; real gateways answer `qr_code` too (protocols.md §4). */
const qq = create("qq.unified", {
  fields: (request) => ({
    ...ordered(request),
    order_name: orderName(request),
    spbill_create_ip: request.clientIp,
    total_amount: formatMajor(request.amount),
    notify_url: request.notifyUrl,
  }),
  present: (reply) => (reply.code_url ? { kind: "qr", text: reply.code_url } : qr(reply)),
});

/** §2.13: the page of the bank the shopper chose. */
const gateway = create("unionpay.gateway", {
  check: ({ bank }) => (BANK_CODES.has(bank?.code ?? "") ? null : "the bank is not in the document's table"),
  fields: (request) => ({
    ...unionpay(request, ASSUMED.channelType.gateway),
    pay_type: request.bank && PAY_TYPES[request.bank.card],
    bank_code: request.bank?.code,
    ...addresses(request),
  }),
  present: redirect,
});

/** §2.14: a page for the card whose number the shopper gave. The number is passed on and kept nowhere. */
const wap = create("unionpay.wap", {
  check: ({ cardNumber }) => (/^\d{12,19}$/.test(cardNumber ?? "") ? null : "the card number is not 12 to 19 digits"),
  fields: (request) => ({
    ...unionpay(request, ASSUMED.channelType.wap),
    card_no: request.cardNumber,
    ...addresses(request),
  }),
  present: redirect,
});

/** The creates of JD, QQ and UnionPay by method. */
export const otherCreates = {
  "jd.native": jd,
  "qq.native": qq,
  "unionpay.gateway": gateway,
  "unionpay.wap": wap,
} satisfies Partial<Record<Method, Create>>;

function unionpay(request: CreateRequest, channelType: string): DraftFields {
  return {
    ...ordered(request),
    total_amount: formatMajor(request.amount),
    channel_type: channelType,
    subject: orderName(request),
    body: orderName(request),
    client_ip: request.clientIp,
  };
}

function addresses({ notifyUrl, returnUrl }: CreateRequest): DraftFields {
  return { notify_url: notifyUrl, success_url: returnUrl };
}
