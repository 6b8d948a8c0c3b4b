import { afterAll, beforeAll, expect, it } from "vitest";
import { auditedBy } from "#db/queries/audit-testing.ts";
import type { AuditAction } from "#lib/domain/audit.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { gatewayCommand } from "./command.ts";
import { INPUTS, InputError, type OperationName } from "./inputs.ts";

/** What `npm run gateway` writes to the audit: whatever sends, takes back or declares; nothing of what only asks. */
let world: World;
const accounts: Record<string, string> = {};
let made: { order: string; attempt: string; number: string; ref: string };
beforeAll(async () => {
  world = await testWorld();
  accounts["hipopay-agent"] = world.accountId;
  for (const gateway of ["fengniao", "xxpay"]) accounts[gateway] = await world.addAccount(gateway);
  for (const gateway of ["xxpay", "fengniao", "hipopay-agent"]) made = await paidAt(gateway);
});
afterAll(() => world.close());

async function begunAt(gateway: string) {
  const amount = { minor: 500_000n, currency: "CNY" as const };
  const { id, token } = await world.openOrder(amount.minor, { amount, accountId: accounts[gateway] });
  const started = await startAttempt({ token, method: "wechat.native", shopper: SHOPPER }, world.database);
  if (!started.ok) throw new Error(started.problem.code);
  const found = await world.database.$client.query("select gateway_order_no as number from attempts where order_id = $1", [id]);
  const number = found.rows[0].number as string;
  const payment = await paymentByAny(world.database, number);
  if (!payment) throw new Error("not at the gateway");
  return { order: id, attempt: started.value.attemptId, number, ref: payment.no };
}

async function paidAt(gateway: string) {
  const begun = await begunAt(gateway);
  expect(await payPayment(world.database, begun.ref, { shopper: "s", channel: "CN" })).toMatchObject({ ok: true });
  await world.drainNotices();
  await world.drainJobs();
  return begun;
}

/** These only ask, or open what the order's own history tells. */
const UNWRITTEN: readonly OperationName[] = [
  ...(["create", "query", "queryRefund", "rate", "bill", "queryDeclaration", "openid", "openidUrl", "queryPayout", "balance"] as const),
];

interface Typed {
  gateway: string;
  operation: OperationName;
  input: () => Promise<object>;
  action: AuditAction;
  kind: string;
  detail: Record<string, unknown>;
}
const customs = () => ({
  wallet: "wechat",
  gatewayOrderNo: made.number,
  gatewayRef: made.ref,
  customs: "SHENZHEN",
  merchantCustomsNo: "1",
});
const recipient = { number: "6222020000000000188", name: "张三", mobile: "13800138000", bankName: "工商银行", bankCode: "HPT00002" };
const payout = { channel: "trans", amount: "12.34", recipient: { ...recipient, province: "广东", city: "深圳" } };

const WRITTEN: readonly Typed[] = [
  {
    ...{ gateway: "hipopay-agent", operation: "create", action: "counter.charge", kind: "order" },
    input: async () => ({ method: "wechat.barcode", amount: "10.50", authCode: "130000000000000100" }),
    detail: { amount: "10.50 CNY", live: false },
  },
  {
    ...{ gateway: "fengniao", operation: "close", action: "gateway.call", kind: "account" },
    input: async () => {
      const { number, ref } = await begunAt("fengniao");
      return { method: "wechat.native", gatewayOrderNo: number, gatewayRef: ref, amount: "5000.00" };
    },
    detail: { operation: "close", gateway: "fengniao" },
  },
  {
    ...{ gateway: "hipopay-agent", operation: "refund", action: "refunds.create", kind: "refund" },
    input: async () => ({ order: made.order, amount: "1.00", reason: "sold out" }),
    detail: { amount: "1.00 CNY", reason: "sold out" },
  },
  {
    ...{ gateway: "xxpay", operation: "payout", action: "payouts.send", kind: "payout" },
    input: async () => ({ ...payout, idempotencyKey: "audited-1" }),
    detail: { amount: "12.34 CNY", channel: "trans", ending: "0188" },
  },
  {
    ...{ gateway: "hipopay-agent", operation: "declare", action: "gateway.call", kind: "account" },
    input: async () => customs(),
    detail: { operation: "declare" },
  },
  {
    ...{ gateway: "hipopay-agent", operation: "redeclare", action: "gateway.call", kind: "account" },
    input: async () => customs(),
    detail: { operation: "redeclare" },
  },
];

it("every operation is written, or is named as one that only asks", () => {
  const told = new Set<string>([...WRITTEN.map(({ operation }) => operation), ...UNWRITTEN]);
  expect(Object.keys(INPUTS).filter((name) => !told.has(name))).toEqual([]);
});

const said: string[] = [];
const type = (gateway: string, operation: string, input: object) =>
  gatewayCommand(world.database, [accounts[gateway] ?? "", operation, JSON.stringify(input)], (json) => said.push(json));

it.each(WRITTEN.map((one) => [`${one.operation} at ${one.gateway}`, one] as const))(
  "%s is written once, under the command line's name",
  async (_name, typed) => {
    const { gateway, operation, action, kind, detail } = typed;
    const mistyped = await auditedBy(world.database, () => type(gateway, operation, { nonsense: 1 }).catch((error: unknown) => error));
    expect(mistyped.value).toBeInstanceOf(InputError);
    expect(mistyped.rows).toEqual([]);
    const input = await typed.input();
    const { rows, value } = await auditedBy(world.database, () => type(gateway, operation, input));
    expect(value, said.at(-1)).toBe(0);
    const actor = { kind: "script", id: null, name: "command line" };
    expect(rows).toMatchObject([{ actor, merchant: world.merchantId, action, target: { kind }, detail }]);
  },
);

it("a payment that a shopper has to make, and a question, write nothing", async () => {
  const asked = await auditedBy(world.database, async () => [
    await type("hipopay-agent", "create", { method: "wechat.native", amount: "1.00" }),
    await type("hipopay-agent", "query", { attempt: made.attempt }),
  ]);
  expect(asked).toEqual({ value: [0, 0], rows: [] });
});
