import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { fakeGateway, qr, refusal } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { readCheckout } from "#lib/payments/read-checkout.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const BANKS = [
  { code: "ICBC", name: "工商银行" },
  { code: "ABC", name: "农业银行" },
];
const asking = fakeGateway("asking", {
  methods: ["unionpay.gateway", "unionpay.wap", "bank.transfer", "alipay.qr"],
  asks: { "unionpay.gateway": ["bank"], "unionpay.wap": ["card_number"], "bank.transfer": ["payer"] },
  banks: { "unionpay.gateway": BANKS, "bank.transfer": BANKS },
});
const other = fakeGateway("other", {
  methods: ["unionpay.gateway"],
  asks: { "unionpay.gateway": ["bank"] },
  banks: { "unionpay.gateway": [{ code: "7", name: "农业银行" }] },
});
const CARD = "6200000000000005";
let world: FakeWorld;
beforeAll(async () => {
  world = await fakeWorld();
  await world.addAccount("asking");
  await world.addAccount("other", { position: 1 });
});
afterAll(() => world.close());
beforeEach(() => {
  asking.onCreate = () => qr();
  asking.calls.length = 0;
  other.calls.length = 0;
});

describe("a method that asks the shopper", () => {
  it("says so on the checkout, with the banks of the account that will be tried", async () => {
    const order = await world.openOrder();
    const phone = { ...SHOPPER, browser: "phone" as const };
    const offers = [
      ...((await readCheckout(order.token, SHOPPER, world.database))?.offers ?? []),
      ...((await readCheckout(order.token, phone, world.database))?.offers ?? []),
    ];
    const of = (method: string) => offers.find((one) => one.method === method);
    expect(of("unionpay.gateway")).toMatchObject({ asks: ["bank"], banks: BANKS });
    expect(of("unionpay.wap")).toMatchObject({ asks: ["card_number"], banks: [] });
    expect(of("bank.transfer")).toMatchObject({ asks: ["payer"], banks: BANKS });
    expect(of("alipay.qr")).toMatchObject({ asks: [], banks: [] });
  });

  it("without the answer nothing is written and no gateway is called", async () => {
    const order = await world.openOrder();
    const start = await startAttempt({ token: order.token, method: "unionpay.gateway", shopper: SHOPPER }, world.database);
    expect(start).toEqual({ ok: false, problem: { code: "bank_missing", field: "bank" } });
    expect(await world.attempts(order.id)).toEqual([]);
    expect(asking.calls).toEqual([]);
  });

  it("gets the answer to the gateway, and only what it asked for", async () => {
    const order = await world.openOrder();
    const answers = {
      bank: { code: "ABC", card: "credit" as const },
      cardNumber: CARD,
      payer: { bankCode: "ABC", name: "张三", account: "622202123456" },
    };
    await startAttempt({ token: order.token, method: "unionpay.gateway", shopper: SHOPPER, ...answers }, world.database);
    await startAttempt({ token: order.token, method: "unionpay.wap", shopper: SHOPPER, ...answers }, world.database);
    await startAttempt({ token: order.token, method: "bank.transfer", shopper: SHOPPER, ...answers }, world.database);
    const sent = (await world.attempts(order.id)).map((one) => {
      const request = asking.payments.get(one.gatewayOrderNo)?.request;
      return [request?.bank, request?.cardNumber, request?.payer];
    });
    expect(sent).toEqual([
      [answers.bank, undefined, undefined],
      [undefined, CARD, undefined],
      [undefined, undefined, answers.payer],
    ]);
  });

  it("leaves no trace of a card number anywhere in the database, however the try ends", async () => {
    const order = await world.openOrder();
    for (const outcome of [qr(), refusal("wallet_error"), { ok: false, kind: "unknown", message: "timeout" } as const]) {
      asking.onCreate = () => outcome;
      const start = { token: order.token, method: "unionpay.wap" as const, shopper: SHOPPER, cardNumber: CARD };
      await startAttempt(start, world.database);
      await cancelOrder({ token: (await world.openOrder()).token, actor: "shopper" }, world.database);
    }
    asking.onCreate = () => {
      throw new Error(`a bug that quotes ${CARD}`);
    };
    const last = await world.openOrder();
    await startAttempt({ token: last.token, method: "unionpay.wap", shopper: SHOPPER, cardNumber: CARD }, world.database);
    const { rows } = await world.database.$client.query<{ name: string }>(
      "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'",
    );
    expect(rows.length).toBeGreaterThan(15);
    for (const { name } of rows) {
      const [found] = (await world.database.execute(sql.raw(`select count(*)::int as n from ${name} t where t::text like '%${CARD}%'`)))
        .rows;
      expect([name, found]).toEqual([name, { n: 0 }]);
    }
  });

  it("an account whose list has not the chosen bank is passed over when the first refuses", async () => {
    asking.onCreate = () => refusal("busy");
    const order = await world.openOrder();
    const bank = { code: "ABC", card: "any" as const };
    const start = await startAttempt({ token: order.token, method: "unionpay.gateway", shopper: SHOPPER, bank }, world.database);
    expect(start).toMatchObject({ ok: false, problem: { code: "gateway_busy" } });
    expect(other.calls).toEqual([]);
  });
});
