import { walletOf } from "#lib/domain/methods.ts";
import type { Money } from "#lib/domain/money.ts";
import type { Outcome, PaymentKey } from "#lib/gateways/gateway.ts";
import type { OutgoingAnswer } from "#lib/gateways/port.ts";
import { type Asked, meaningOf } from "#lib/payments/bad-replies-testing.ts";
import { type Company, companyOf } from "../../scripts/fuzz/company.ts";
import { requestFor } from "../../scripts/fuzz/notices.ts";

/** Records a call's genuine reply, and the reply the same call gets about another order. */
export async function ask(
  company: Company,
  name: string,
  amount: Money,
  run: () => Promise<Outcome<unknown>> | undefined,
  other: () => Promise<Outcome<unknown>> | undefined,
): Promise<Asked> {
  const recorded = async (call: () => Promise<Outcome<unknown>> | undefined) => {
    let seen: OutgoingAnswer | null = null;
    company.onTheWay.change = (answer) => {
      seen = answer;
      return answer;
    };
    const outcome = await call();
    company.onTheWay.change = null;
    const answer = seen as OutgoingAnswer | null;
    if (!outcome?.ok || answer?.kind !== "answer") throw new Error(`${company.gateway.id} ${name}: ${JSON.stringify(outcome)}`);
    return { outcome, answer };
  };
  const [mine, theirs] = [await recorded(run), await recorded(other)];
  const again = async (): Promise<Outcome<unknown>> => (await run()) ?? { ok: false, kind: "unknown", message: "no such operation" };
  return { name, run: again, genuine: mine.answer, other: theirs.answer, meaning: meaningOf(mine.outcome, amount) };
}

export interface Scene {
  company: Company;
  asked: Asked[];
  amount: Money;
}

/** Every operation of a gateway that moves or judges money, asked about one order while another of another amount stands by. */
export async function sceneOf(id: string): Promise<Scene> {
  const company = companyOf(id);
  const { account, backend, gateway } = company;
  // Both of HipoPay's wallets answer in one shape; fengniao's each in its own.
  const own = id === "fengniao" ? (["alipay.qr", "unionpay.gateway"] as const) : [];
  const methods = (["wechat.native", "wechat.barcode", ...own] as const).filter((method) => account.methods.includes(method));
  const asked: Asked[] = [];
  const orders: PaymentKey[][] = [];
  const { amount } = requestFor(company, "x", 1_990n);
  for (const [index, method] of methods.entries()) {
    const requests = [1_990n, 8_800n].map((minor, at) => requestFor(company, `2026112000000000000${1000 + index * 10 + at}`, minor));
    const [one, two] = requests;
    if (!one || !two) throw new Error("no requests");
    asked.push(
      await ask(
        company,
        `create ${method}`,
        amount,
        () => account.create(method, one),
        () => account.create(method, two),
      ),
    );
    const keys = requests.map(({ gatewayOrderNo, amount: asked }): PaymentKey => {
      const at = backend.payments.findIndex((row) => row.clientNo === gatewayOrderNo);
      const gatewayRef = backend.payments[at]?.no ?? null;
      return { method, gatewayOrderNo, gatewayRef, amount: asked };
    });
    orders.push(keys);
  }
  for (const [mine, theirs] of orders) if (mine && theirs) await askAbout(company, mine, theirs, asked, amount);
  if (account.payout && gateway.payoutChannels) await askPayouts(company, asked, amount);
  return { company, asked, amount };
}

/** seeds/004 §2.22 takes back these only; seeds/002 §3.6 all, of which these are some. */
const CLOSABLE: ReadonlySet<string> = new Set(["wechat", "alipay"]);

async function askAbout(company: Company, mine: PaymentKey, theirs: PaymentKey, asked: Asked[], amount: Money): Promise<void> {
  const { account, backend } = company;
  const both = (name: string, call: (key: PaymentKey) => Promise<Outcome<unknown>> | undefined) =>
    ask(
      company,
      `${name} ${mine.method}`,
      amount,
      () => call(mine),
      () => call(theirs),
    );
  asked.push(await both("query unpaid", (key) => account.query?.(key)));
  if (account.close && CLOSABLE.has(walletOf(mine.method))) {
    asked.push(await both("close", (key) => account.close?.(key)));
    // Closed for the recording alone: what follows is about orders that are paid.
    for (const [at, row] of backend.payments.entries()) if (row.state === "CLOSED") backend.payments[at] = { ...row, state: "INIT" };
  }
  for (const { gatewayOrderNo } of [mine, theirs]) {
    const at = backend.payments.findIndex((row) => row.clientNo === gatewayOrderNo);
    backend.payments.push(...backend.payments.splice(at, 1));
    backend.payLast();
  }
  asked.push(await both("query paid", (key) => account.query?.(key)));
  if (!account.refund) return;
  const numbers = new Map([mine, theirs].map((key, at) => [key, `2026112000000000005${1000 + at}${mine.method.length}`]));
  asked.push(
    await both("refund", (key) => {
      backend.refunds.length = 0;
      return account.refund?.({ ...key, refundNo: numbers.get(key) ?? "", refundAmount: key.amount });
    }),
  );
  for (const key of [mine, theirs]) await account.refund({ ...key, refundNo: numbers.get(key) ?? "", refundAmount: key.amount });
  if (!account.queryRefund) return;
  const { currency } = amount;
  asked.push(
    await both("queryRefund", ({ method, ...key }) =>
      account.queryRefund?.({ method, currency, by: "refundNo", refundNo: numbers.get(key.amount === mine.amount ? mine : theirs) ?? "" }),
    ),
  );
}

async function askPayouts(company: Company, asked: Asked[], amount: Money): Promise<void> {
  const { account, backend, gateway } = company;
  for (const channel of account.payoutChannels) {
    const bankCode = gateway.payoutChannels[channel]?.banks[0]?.code;
    const to = {
      kind: "personal",
      number: "6222020000000000123",
      name: "张三",
      mobile: "13800000000",
      province: "广东",
      city: "深圳",
    } as const;
    const requestOf = (payoutNo: string, minor: bigint) => ({
      ...{ payoutNo, amount: { ...amount, minor }, remark: "r", notifyUrl: "https://shop.example/n", clientIp: "203.0.113.9" },
      account: { ...to, bankName: "工商银行", ...(bankCode && { bankCode }) },
    });
    const [one, two] = [
      requestOf(`2026112000000000007${channel.length}1`, 1_990n),
      requestOf(`2026112000000000007${channel.length}2`, 8_800n),
    ];
    const created = await ask(
      company,
      `payout ${channel}`,
      amount,
      () => {
        // The ledger in memory does not keep numbers apart: each call finds it as the first did.
        backend.payouts.length = 0;
        return account.payout?.(channel, one);
      },
      () => account.payout?.(channel, two),
    );
    asked.push(created);
    for (const state of ["PROCESSING", "PAID", "FAIL"] as const) {
      const rows = [one, two].map(({ payoutNo }) => backend.payouts.find((row) => row.clientNo === payoutNo));
      backend.payouts.length = 0;
      for (const row of rows) if (row) backend.payouts.push({ ...row, state, endedAt: company.now });
      const query = (request: typeof one) => () => account.queryPayout?.(channel, { ...request, gatewayRef: null });
      asked.push(await ask(company, `queryPayout ${channel} ${state}`, amount, query(one), query(two)));
    }
  }
}
