import { newRsaKeyPair } from "#lib/crypto/rsa.ts";
import type { Answer, Caller, NewPayment, NewPayout, Payment, Payout } from "#lib/dialects/backend.ts";
import type { Dialect } from "#lib/dialects/dialect.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { FakeBackend, payment, payout } from "#lib/dialects/testing/fake-backend.ts";
import type { Gateway, OpenAccount } from "#lib/gateways/gateway.ts";
import type { OutgoingAnswer, OutgoingRequest } from "#lib/gateways/port.ts";
import { gatewayById } from "#lib/gateways/registry.ts";

/** Our account at a gateway and the gateway itself, in one process: no network, no database, no clock but the one given. */
export interface Company {
  gateway: Gateway;
  dialect: Dialect;
  caller: Caller;
  account: OpenAccount;
  backend: MemoryBackend;
  /** Changes each answer on its way back to us, or gives one in its place, the gateway unasked; null restores the truth. */
  onTheWay: { change: ((answer: OutgoingAnswer) => OutgoingAnswer) | null; instead: OutgoingAnswer | null };
  now: Date;
}

const NOW = new Date("2026-11-20T04:00:00Z");
const BASE_URL = "https://gateway.example";

/** A gateway's ledger in memory: every payment under a number of its own. */
export class MemoryBackend extends FakeBackend {
  override async create(_caller: Caller, asked: NewPayment): Promise<Answer<Payment>> {
    const { authCode: _code, ...kept } = asked;
    const number = (this.payments.length + 1).toString();
    const made = payment({
      ...kept,
      no: `20261120120000${number.padStart(11, "0")}`,
      code: `c${number.padStart(25, "0")}`,
      state: "INIT",
      paidAt: null,
      walletNo: null,
      exchangeRate: asked.currency === "CNY" ? "1" : "0.8789",
      payAmount: asked.amount,
      createdAt: NOW,
    });
    this.payments.push(made);
    return { ok: true, value: made };
  }

  override async createPayout(_caller: Caller, asked: NewPayout): Promise<Answer<Payout>> {
    const number = (this.payouts.length + 1).toString();
    const made = payout({ ...asked, no: `20261120130000${number.padStart(11, "0")}`, createdAt: NOW });
    this.payouts.push(made);
    return { ok: true, value: made };
  }

  /** The shopper pays what was created last. */
  payLast(): Payment {
    const last = this.payments.pop();
    if (!last) throw new Error("nothing was created");
    const paid: Payment = {
      ...last,
      state: "PAID",
      userPaying: false,
      paidAt: NOW,
      walletNo: `4200${last.no}`,
      buyerId: "2088000000000001",
    };
    this.payments.push(paid);
    return paid;
  }
}

const SECRET = "k3y0fTheFuzzOnly0123456789abcdef";

interface Keys {
  caller: { privateKey: string; publicKey: string };
  gateway: { privateKey: string; publicKey: string };
}

/** Each gateway's credentials in its own words, and the caller they make on the other side. */
const ACCOUNTS: Readonly<
  Record<string, (keys: Keys) => { credentials: Record<string, string>; caller: Partial<Caller>; settings?: Record<string, unknown> }>
> = {
  "hipopay-agent": ({ caller, gateway }) => ({
    credentials: { agentNo: "100001", merchantNo: "WC1000000001", privateKey: caller.privateKey, gatewayPublicKey: gateway.publicKey },
    caller: { callerNo: "100001", merchantNos: ["WC1000000001"] },
    settings: { miniProgramAppId: "wx1234567890abcdef", appAppId: "wx1234567890abcdef" },
  }),
  "hipopay-merchant": ({ caller, gateway }) => ({
    credentials: { merchantNo: "WC1000000002", privateKey: caller.privateKey, gatewayPublicKey: gateway.publicKey },
    caller: { callerNo: "WC1000000002", merchantNos: ["WC1000000002"] },
  }),
  mpgateway: () => ({
    credentials: { merid: "100000000000001", key: SECRET },
    caller: { callerNo: "100000000000001", merchantNos: ["100000000000001"] },
  }),
  xxpay: () => ({
    credentials: { mchId: "20001222", appId: "0ae8be35ff634e2abe94f5f32f6d5c4f", key: SECRET },
    caller: { callerNo: "20001222", merchantNos: ["20001222"], appId: "0ae8be35ff634e2abe94f5f32f6d5c4f" },
  }),
  fengniao: ({ caller, gateway }) => ({
    credentials: {
      appId: "2017081443803662",
      merchantNo: "20170815152552020001",
      secret: SECRET,
      privateKey: caller.privateKey,
      gatewayPublicKey: gateway.publicKey,
    },
    caller: { callerNo: "2017081443803662", merchantNos: ["20170815152552020001"] },
    settings: { wechatAppId: "wx1234567890abcdef", subMchId: "1900000109" },
  }),
};

/** The ids of the gateways that can be put to the test here. */
export const COMPANIES: readonly string[] = Object.keys(ACCOUNTS);

let keys: Keys | null = null;

/** Opens both sides of a gateway. Throws for an id without either. */
export function companyOf(id: string, settings: Record<string, unknown> = {}): Company {
  const gateway = gatewayById(id);
  const dialect = dialectById(id);
  const make = Object.hasOwn(ACCOUNTS, id) ? ACCOUNTS[id] : undefined;
  if (!gateway || !dialect || !make) throw new Error(`no gateway ${id}: ${COMPANIES.join(", ")}`);
  keys ??= { caller: newRsaKeyPair(), gateway: newRsaKeyPair() };
  const made = make(keys);
  const caller: Caller = {
    callerNo: "",
    merchantNos: [],
    callerPublicKey: keys.caller.publicKey,
    gatewayPrivateKey: keys.gateway.privateKey,
    secret: SECRET,
    appId: null,
    ...made.caller,
  };
  const backend = new MemoryBackend([caller]);
  const onTheWay: Company["onTheWay"] = { change: null, instead: null };
  const account = gateway.open(
    { baseUrl: BASE_URL, credentials: made.credentials, settings: { ...made.settings, ...settings } },
    {
      now: () => NOW,
      record: () => {},
      fetch: async (request) => {
        if (onTheWay.instead) return onTheWay.instead;
        const answer = await served(dialect, backend, request);
        return onTheWay.change ? onTheWay.change(answer) : answer;
      },
    },
  );
  return { gateway, dialect, caller, account, backend, onTheWay, now: NOW };
}

async function served(dialect: Dialect, backend: MemoryBackend, request: OutgoingRequest): Promise<OutgoingAnswer> {
  const url = new URL(request.url);
  const reply = await dialect.handle(
    {
      method: request.method,
      path: url.pathname,
      query: url.search.slice(1),
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
      body: Buffer.from(request.body ?? "", "utf8"),
      receivedAt: NOW,
      root: BASE_URL,
      clientIp: "203.0.113.9",
    },
    backend,
  );
  return { kind: "answer", status: reply.status, headers: reply.headers, body: reply.body };
}
