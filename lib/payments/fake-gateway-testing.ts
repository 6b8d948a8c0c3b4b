import { z } from "zod";
import type { Method, Wallet } from "#lib/domain/methods.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type {
  Ask,
  Bank,
  Created,
  CreateRequest,
  Gateway,
  OpenAccount,
  Outcome,
  PaymentKey,
  RefundKey,
  RefundRequest,
  RefundStanding,
} from "#lib/gateways/gateway.ts";
import type { OpenedNotification, VerifiedNotification } from "#lib/gateways/notice.ts";

/**
 * Gateways of which a test says what their document has and what they answer, for use cases that must serve all of them.
 * They take the registry's place: `vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"))`.
 */
export interface FakePayment {
  request: CreateRequest;
  method: Method;
  accountName: string;
  standing: Standing;
  refunds: Map<string, bigint>;
}

export interface FakeOptions {
  methods: readonly Method[];
  asks?: Partial<Record<Method, readonly Ask[]>>;
  banks?: Partial<Record<Method, readonly Bank[]>>;
  has?: readonly ("query" | "close" | "refund" | "queryRefund" | "openid")[];
  fullRefundOnly?: readonly Wallet[];
  openidHop?: boolean;
}

export interface FakeGateway {
  gateway: Gateway;
  payments: Map<string, FakePayment>;
  /** What was called, `create a wechat.native`: operation, the account's name, method. */
  calls: string[];
  /** Decides a create; the default presents a QR and leaves the payment pending. */
  onCreate: (method: Method, request: CreateRequest, accountName: string) => Outcome<Created> | Promise<Outcome<Created>>;
  /** Called before a query, close or refund is answered: the world moves on meanwhile. */
  before: (operation: string, key: PaymentKey) => void;
  onClose: (key: PaymentKey) => Outcome<Standing> | null;
  onRefund: (request: RefundRequest) => Outcome<RefundStanding> | null;
  onOpenid: (code: string) => Outcome<string>;
}

const FAKES = new Map<string, FakeGateway>();
export const GATEWAYS: Gateway[] = [];

export function gatewayById(id: string): Gateway | null {
  return FAKES.get(id)?.gateway ?? null;
}

export const qr = (): Outcome<Created> => ({
  ok: true,
  value: { presentation: { kind: "qr", text: "weixin://wxpay/bizpayurl?pr=fake" }, gatewayRef: null },
});
export const pendingScan = (): Outcome<Created> => ({
  ok: true,
  value: { presentation: { kind: "none" }, gatewayRef: null, standing: { kind: "pending" } },
});
export const refusal = (code: Extract<Outcome<never>, { kind: "refused" }>["code"]): Outcome<never> => ({
  ok: false,
  kind: "refused",
  code,
  message: `refused: ${code}`,
});

const acknowledgement = { status: 200, contentType: "text/plain", body: "success" };

/** Makes a gateway and puts it into the registry; an account of it has a `name` among its settings. */
export function fakeGateway(id: string, options: FakeOptions): FakeGateway {
  const has = new Set(options.has ?? ["query"]);
  const fake: FakeGateway = {
    payments: new Map(),
    calls: [],
    onCreate: () => qr(),
    before: () => undefined,
    onClose: () => null,
    onRefund: () => null,
    onOpenid: (code) => ({ ok: true, value: `openid_${code}` }),
    gateway: {
      ...{ id, title: id, document: "a test", currencies: ["HKD", "CNY"], methods: options.methods, capabilities: [], hosts: [] },
      ...{ credentials: z.object({}), settings: z.object({}), acknowledgement, payoutChannels: {}, balanceNames: [] },
      secretAddresses: () => ({}),
      chargesAtOnce: new Set(),
      asks: options.asks ?? {},
      banks: options.banks ?? {},
      ...(options.fullRefundOnly && { fullRefundOnly: options.fullRefundOnly }),
      open: (account) => open(fake, String((account.settings as { name?: string }).name ?? id), options, has),
    },
  };
  FAKES.set(id, fake);
  GATEWAYS.push(fake.gateway);
  return fake;
}

function open(fake: FakeGateway, name: string, options: FakeOptions, has: ReadonlySet<string>): OpenAccount {
  return {
    methods: options.methods,
    payoutChannels: [],
    balanceNames: [],
    create: async (method, request) => {
      fake.calls.push(`create ${name} ${method}`);
      const outcome = await fake.onCreate(method, request, name);
      if (outcome.ok || outcome.kind === "unknown") {
        const standing = outcome.ok ? outcome.value.standing : undefined;
        const known = fake.payments.get(request.gatewayOrderNo)?.standing;
        fake.payments.set(request.gatewayOrderNo, {
          ...{ request, method, accountName: name, refunds: new Map() },
          standing: known ?? standing ?? { kind: "pending" },
        });
      }
      return outcome;
    },
    ...(has.has("query") && { query: async (key: PaymentKey) => told(fake, name, "query", key) }),
    ...(has.has("close") && {
      close: async (key: PaymentKey): Promise<Outcome<Standing>> => {
        const asked = told(fake, name, "close", key);
        const given = fake.onClose(key);
        if (given) return given;
        const payment = fake.payments.get(key.gatewayOrderNo);
        if (payment && asked.ok && asked.value.kind === "pending") payment.standing = { kind: "closed" };
        return payment ? { ok: true, value: payment.standing } : asked;
      },
    }),
    ...(has.has("refund") && { refund: async (request: RefundRequest) => refund(fake, name, request) }),
    ...(has.has("queryRefund") && { queryRefund: async (key: RefundKey) => refundsKnown(fake, key) }),
    ...(has.has("openid") && {
      openid: async (code: string) => {
        fake.calls.push(`openid ${name} ${code}`);
        return fake.onOpenid(code);
      },
    }),
    ...(options.openidHop && {
      openidUrl: (page: { returnUrl: string; state: string }) =>
        `https://hop.example/${name}?${new URLSearchParams({ back: page.returnUrl, state: page.state })}`,
    }),
    openNotification: (message): OpenedNotification => ({ ok: true, notification: notificationOf(message.body) }),
  };
}

function told(fake: FakeGateway, name: string, operation: string, key: PaymentKey): Outcome<Standing> {
  fake.calls.push(`${operation} ${name} ${key.method}${operation === "close" && key.gatewayRef ? ` ${key.gatewayRef}` : ""}`);
  fake.before(operation, key);
  const payment = fake.payments.get(key.gatewayOrderNo);
  return payment ? { ok: true, value: payment.standing } : refusal("not_found");
}

/** As seeds/004: the same number again is "exists"; the payment then reads refunded. */
function refund(fake: FakeGateway, name: string, request: RefundRequest): Outcome<RefundStanding> {
  fake.calls.push(`refund ${name} ${request.refundNo}`);
  const given = fake.onRefund(request);
  if (given) return given;
  const payment = fake.payments.get(request.gatewayOrderNo);
  if (payment?.standing.kind !== "paid" && payment?.standing.kind !== "refunded") return refusal("not_found");
  if (payment.refunds.has(request.refundNo)) return refusal("duplicate_number");
  payment.refunds.set(request.refundNo, request.refundAmount.minor);
  payment.standing = { ...payment.standing, kind: "refunded" };
  return {
    ok: true,
    value: { kind: "succeeded", gatewayRefundRef: null, refundNo: request.refundNo, amount: request.refundAmount },
  };
}

/** What it did under that number of ours; seeds/001 answers a number it never heard of with "not found". */
function refundsKnown(fake: FakeGateway, key: RefundKey): Outcome<RefundStanding[]> {
  const number = key.by === "refundNo" ? key.refundNo : "";
  for (const payment of fake.payments.values()) {
    const minor = payment.refunds.get(number);
    if (minor === undefined) continue;
    const amount = { minor, currency: payment.request.amount.currency };
    return { ok: true, value: [{ kind: "succeeded", gatewayRefundRef: null, refundNo: number, amount }] };
  }
  return refusal("not_found");
}

/** A fake's notification is the codec's own result as JSON, amounts as digits. */
export function noticeBody(notification: Partial<VerifiedNotification> & { gatewayOrderNo: string }): Uint8Array {
  const text = JSON.stringify(notification, (_name, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
  return new TextEncoder().encode(text);
}

function notificationOf(body: Uint8Array): VerifiedNotification {
  const text = new TextDecoder().decode(body);
  const read = JSON.parse(text, (_name, value: unknown) =>
    typeof value === "string" && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  ) as Partial<VerifiedNotification> & { gatewayOrderNo: string };
  return { gatewayRef: null, standing: { kind: "pending" }, settles: "inline", fingerprint: text, fields: {}, ...read };
}
