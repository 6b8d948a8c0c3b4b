import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sandboxCallers } from "#db/schema/sandbox/callers.ts";
import { sandboxNotices } from "#db/schema/sandbox/notices.ts";
import { sandboxWechatApps } from "#db/schema/sandbox/wechat-apps.ts";
import { issueWalletCode } from "#lib/sandbox/codes.ts";
import { issueLoginCode } from "#lib/sandbox/login-codes.ts";
import { closePayment, declinePayment, payPayment } from "#lib/sandbox/pay.ts";
import { accountAt, provisionSandbox } from "#lib/sandbox/provision.ts";
import { created, makeExpired, newPayment, ORIGIN, sandboxWorld, type World, worldAt } from "#lib/sandbox/testing.ts";

let world: World;
beforeAll(async () => {
  world = await sandboxWorld();
});
afterAll(() => world.close());

const SHOPPER = { shopper: "anna", channel: "CN" } as const;
const many = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => work(i)));

describe("creating", () => {
  it("numbers a payment with 25 digits that begin with its moment in UTC+8", async () => {
    const { no, createdAt } = await created(world);
    const moment = new Date(createdAt.getTime() + 8 * 3_600_000).toISOString().replaceAll(/[-:T]/g, "");
    expect(no).toMatch(/^\d{25}$/);
    expect(no.slice(0, 12)).toBe(moment.slice(0, 12));
  });

  it("makes one payment of a caller's number, however many ask at once", async () => {
    const answers = await many(8, () => world.backend.create(world.caller, newPayment(world, { clientNo: "same-number" })));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.problem === "duplicate_number")).toHaveLength(7);
  });

  it.each([
    [{ merchantNo: "WC999" }, "unknown_merchant"],
    [{ currency: "CHF" }, "currency_not_supported"],
    [{ amount: "0" }, "amount_invalid"],
    [{ amount: "1.001" }, "amount_invalid"],
    [{ amount: "1e3" }, "amount_invalid"],
    [{ amount: "1.5", currency: "JPY" }, "amount_invalid"],
  ])("refuses %o as %s", async (fields, problem) => {
    expect(await world.backend.create(world.caller, newPayment(world, fields))).toEqual({ ok: false, problem });
  });

  it("charges in CNY at the day's rate, cut and rounded without a float", async () => {
    const payment = await created(world, { amount: "100.00" });
    const [whole = "", fraction = ""] = payment.exchangeRate.split(".");
    const fen = BigInt(whole + fraction.padEnd(4, "0")); // 100.00 HKD at a rate of four places is exact in fen
    expect(payment.payAmount).toBe(`${fen / 100n}.${(fen % 100n).toString().padStart(2, "0")}`);
    expect(payment.payCurrency).toBe("CNY");
  });
});

describe("paying", () => {
  it("happens once, with one notice, however many confirm at once", async () => {
    const { no } = await created(world);
    const answers = await many(10, () => payPayment(world.database, no, SHOPPER));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.reason === "paid")).toHaveLength(9);
    expect(await world.database.select().from(sandboxNotices).where(eq(sandboxNotices.paymentNo, no))).toHaveLength(1);
  });

  it("and closing at once leave exactly one winner", async () => {
    for (let round = 0; round < 5; round++) {
      const { no } = await created(world);
      const [paid, closed] = await Promise.all([payPayment(world.database, no, SHOPPER), closePayment(world.database, no)]);
      expect([paid.ok, closed.ok].filter(Boolean)).toHaveLength(1);
    }
  });

  it("is refused after the end of the payment's time, by the database's clock", async () => {
    const payment = await created(world, { clientNo: "too-late" });
    await makeExpired(world.database, payment.no);
    expect(await world.backend.find(world.caller, { clientNo: "too-late" })).toMatchObject({ state: "EXPIRED" });
    expect(await payPayment(world.database, payment.no, SHOPPER)).toEqual({ ok: false, reason: "expired" });
  });

  it("is refused after a decline, and from a Hong Kong wallet", async () => {
    const { no } = await created(world);
    expect(await payPayment(world.database, no, { ...SHOPPER, channel: "HK" })).toEqual({ ok: false, reason: "hong_kong_refused" });
    await declinePayment(world.database, no);
    expect(await payPayment(world.database, no, SHOPPER)).toEqual({ ok: false, reason: "failed" });
  });
});

describe("scan pay", () => {
  it.each([
    ["135605691981176449", "PAID", false],
    ["135605691981176401", "INIT", true],
    ["135605691981176404", "PAID", false],
  ])("charges %s to %s", async (authCode, state, userPaying) => {
    expect(await created(world, { method: "wechat.barcode", authCode })).toMatchObject({ state, userPaying });
  });

  it.each([
    ["135605691981176402", "balance_insufficient"],
    ["135605691981176403", "auth_code_expired"],
    ["123456", "auth_code_invalid"],
    ["285605691981176449", "auth_code_invalid"],
  ])("refuses %s as %s and leaves a failed payment to be found", async (authCode, problem) => {
    const payment = newPayment(world, { method: "wechat.barcode", authCode, clientNo: `code-${authCode}` });
    expect(await world.backend.create(world.caller, payment)).toEqual({ ok: false, problem });
    expect(await world.backend.find(world.caller, { clientNo: `code-${authCode}` })).toMatchObject({ state: "FAIL" });
  });

  it.each([
    ["915605691981176449", "PAID", false],
    ["915605691981176401", "INIT", true],
  ])("charges QQ's %s to %s", async (authCode, state, userPaying) => {
    expect(await created(world, { method: "qq.barcode", authCode })).toMatchObject({ state, userPaying });
  });

  it.each([
    ["915605691981176402", "balance_insufficient"],
    ["915605691981176403", "auth_code_expired"],
    ["135605691981176449", "auth_code_invalid"],
    ["91560569198117644", "auth_code_invalid"],
  ])("refuses QQ's %s as %s", async (authCode, problem) => {
    expect(await world.backend.create(world.caller, newPayment(world, { method: "qq.barcode", authCode }))).toEqual({ ok: false, problem });
  });

  it("takes an issued code once, though two scanners read it", async () => {
    const { code } = await issueWalletCode(world.database, "alipay", "pays");
    const payment = newPayment(world, { method: "alipay.barcode", authCode: code });
    const answers = await many(2, () => world.backend.create(world.caller, payment));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toEqual({ ok: false, problem: "auth_code_expired" });
  });

  it("charges a Hong Kong wallet in Hong Kong dollars", async () => {
    const paid = await created(world, { method: "wechat.barcode", authCode: "135605691981176404", amount: "12.30" });
    expect(paid).toMatchObject({ channel: "HK", payCurrency: "HKD", payAmount: "12.30" });
  });
});

describe("closing", () => {
  it("ends what is open once, and says why when there is nothing left to close", async () => {
    const open = await created(world);
    expect(await world.backend.close(world.caller, open)).toMatchObject({ ok: true, value: { state: "CLOSED" } });
    expect(await world.backend.close(world.caller, open)).toEqual({ ok: false, problem: "already_closed" });
    const paid = await created(world);
    await payPayment(world.database, paid.no, SHOPPER);
    expect(await world.backend.close(world.caller, paid)).toEqual({ ok: false, problem: "already_paid" });
    const late = await created(world);
    await makeExpired(world.database, late.no);
    expect(await world.backend.close(world.caller, late)).toEqual({ ok: false, problem: "already_closed" });
    const other = await worldAt(world, "xxpay");
    expect(await other.backend.close(other.caller, await created(world))).toEqual({ ok: false, problem: "not_found" });
  });
});

describe("refunding", () => {
  async function paid(amount = "100") {
    const payment = await created(world, { amount });
    await payPayment(world.database, payment.no, SHOPPER);
    return payment;
  }

  it("never gives back more than was paid, however many ask at once", async () => {
    const payment = await paid();
    const answers = await many(8, (index) =>
      world.backend.refund(world.caller, payment, { clientRefundNo: `part-${payment.no}-${index}`, amount: "30" }),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(3);
    expect(answers.filter((answer) => !answer.ok && answer.problem === "refund_exceeds")).toHaveLength(5);
    expect(await world.backend.find(world.caller, { no: payment.no })).toMatchObject({ refundedAmount: "90.00" });
  });

  it("answers the same refund to the same number, however often and at once", async () => {
    const payment = await paid();
    const refund = { clientRefundNo: `once-${payment.no}`, amount: "40" };
    const answers = await many(6, () => world.backend.refund(world.caller, payment, refund));
    const numbers = new Set(answers.map((answer) => (answer.ok ? answer.value.no : answer.problem)));
    expect(numbers.size).toBe(1);
    expect(await world.backend.find(world.caller, { no: payment.no })).toMatchObject({ refundedAmount: "40.00" });
  });

  it("refuses a number that names another refund", async () => {
    const [one, other] = [await paid(), await paid()];
    const number = `taken-${one.no}`;
    await world.backend.refund(world.caller, one, { clientRefundNo: number, amount: "10" });
    const refused = { ok: false, problem: "duplicate_number" };
    expect(await world.backend.refund(world.caller, one, { clientRefundNo: number, amount: "11" })).toEqual(refused);
    expect(await world.backend.refund(world.caller, other, { clientRefundNo: number, amount: "10" })).toEqual(refused);
  });

  it("gives back all that is left when no amount is named, and nothing of an unpaid payment", async () => {
    const payment = await paid("50.50");
    await world.backend.refund(world.caller, payment, { clientRefundNo: null, amount: "20.25" });
    expect(await world.backend.refund(world.caller, payment, { clientRefundNo: null, amount: null })).toMatchObject({
      ok: true,
      value: { amount: "30.25" },
    });
    const unpaid = await created(world);
    expect(await world.backend.refund(world.caller, unpaid, { clientRefundNo: null, amount: null })).toEqual({
      ok: false,
      problem: "not_paid",
    });
  });

  it("is found by each of the document's four numbers", async () => {
    const payment = await paid();
    const clientNo = "never";
    const made = await world.backend.refund(world.caller, payment, { clientRefundNo: `find-${payment.no}`, amount: "1" });
    const no = made.ok ? made.value.no : "";
    for (const by of [{ no }, { clientRefundNo: `find-${payment.no}` }, { paymentNo: payment.no }])
      expect(await world.backend.findRefunds(world.caller, by)).toMatchObject([{ no }]);
    expect(await world.backend.findRefunds(world.caller, { clientNo })).toEqual([]);
  });
});

describe("the rest of the counter", () => {
  it("exchanges a login code once, and only for its merchant", async () => {
    const { merchantNo } = world.account.credentials;
    const { code, openid } = await issueLoginCode(world.database, merchantNo, "anna");
    expect(await world.backend.openid(world.caller, "WC999", code)).toBeNull();
    expect(await world.backend.openid(world.caller, merchantNo, code)).toBe(openid);
    expect(await world.backend.openid(world.caller, merchantNo, code)).toBeNull();
  });

  it("declares a list of customs codes in order, all or none", async () => {
    const payment = await created(world);
    await payPayment(world.database, payment.no, SHOPPER);
    const declaration = {
      wallet: "alipay" as const,
      payment,
      merchantCustomsNo: "123",
      merchantCustomsName: "shop",
      action: "ADD" as const,
      dutyFen: null,
      subOrderNo: null,
      subOrderAmount: null,
      transportAmount: null,
      productAmount: null,
      certId: "510921199308772318",
      name: "Lisa",
    };
    const first = await world.backend.declare(world.caller, { ...declaration, customs: ["HENAN", "ZONGSHU"] });
    expect(first).toMatchObject({ ok: true, value: [{ customs: ["HENAN"], certCheck: "SAME" }, { customs: ["ZONGSHU"] }] });
    const again = await world.backend.declare(world.caller, { ...declaration, customs: ["NINGBO", "ZONGSHU"] });
    expect(again).toEqual({ ok: false, problem: "already_declared" });
    const lookup = {
      wallet: "alipay" as const,
      paymentNo: payment.no,
      clientNo: null,
      subOrderNo: null,
      customs: null,
      merchantCustomsNo: null,
      merchantCustomsName: null,
    };
    expect(await world.backend.findDeclarations(world.caller, lookup)).toHaveLength(2);
  });

  it("bills payments and refunds of the range in the order they happened", async () => {
    const from = new Date();
    const payment = await created(world);
    await payPayment(world.database, payment.no, SHOPPER);
    await world.backend.refund(world.caller, payment, { clientRefundNo: null, amount: "1" });
    const bill = await world.backend.bill(world.caller, { from, to: new Date(Date.now() + 1000) });
    expect(bill.map(({ payment: { no }, refund }) => [no, refund === null])).toEqual([
      [payment.no, true],
      [payment.no, false],
    ]);
    expect(await world.backend.bill(world.caller, { from: new Date(0), to: from })).not.toContainEqual(
      expect.objectContaining({ payment: expect.objectContaining({ no: payment.no }) }),
    );
  });

  it("gives a database of an earlier version, which knows the agent alone, the other gateways and leaves the agent as it was", async () => {
    const earlier = await sandboxWorld();
    try {
      await earlier.database.execute(sql`delete from sandbox.merchants where gateway <> 'hipopay-agent'`);
      await earlier.database.execute(sql`delete from sandbox.callers where gateway <> 'hipopay-agent'`);
      const accounts = await provisionSandbox(earlier.database, { origin: ORIGIN });
      expect(accounts[0]).toEqual(earlier.account);
      expect(accounts.map(({ gateway }) => gateway)).toEqual(["hipopay-agent", "hipopay-merchant", "mpgateway", "xxpay", "fengniao"]);
      expect((await worldAt(earlier, "xxpay")).caller.secret).toBe(accountAt(accounts, "xxpay").credentials.key);
    } finally {
      await earlier.close();
    }
  });

  it("keeps every secret sealed, and hands each gateway's account exactly the credentials its document names", async () => {
    const rows = JSON.stringify([
      await world.database.select().from(sandboxCallers),
      await world.database.select().from(sandboxWechatApps),
    ]);
    const secrets = world.accounts.flatMap(({ credentials }) =>
      Object.entries(credentials).flatMap(([name, value]) => (/^(?:privateKey|key|secret|wechatSecret)$/.test(name) ? [value] : [])),
    );
    expect(secrets).toHaveLength(7);
    for (const secret of secrets) expect(rows).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(world.accounts.map(({ credentials }) => Object.keys(credentials).join(" "))).toEqual([
      "agentNo merchantNo privateKey gatewayPublicKey",
      "merchantNo privateKey gatewayPublicKey",
      "merid key",
      "mchId appId key",
      "appId merchantNo secret privateKey gatewayPublicKey wechatSecret",
    ]);
  });

  it("provisions the same credentials again, from several processes at once", async () => {
    const again = await many(3, () => provisionSandbox(world.database, { origin: ORIGIN }));
    for (const accounts of again) expect(accounts).toEqual(world.accounts);
  });
});
