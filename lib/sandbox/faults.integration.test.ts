import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxNotices } from "#db/schema/sandbox/notices.ts";
import { rsaSha256Verify } from "#lib/crypto/rsa.ts";
import { armFault, disarm, listArmed } from "#lib/sandbox/armed.ts";
import { FAULT_IDS, FAULTS, type Fault } from "#lib/sandbox/faults.ts";
import { drainNotices } from "#lib/sandbox/notifier.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { created, makeDue, newPayment, requestCreate, sandboxWorld, type World, worldAt } from "#lib/sandbox/testing.ts";

let world: World;
beforeAll(async () => {
  world = await sandboxWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.update(sandboxNotices).set({ state: "given_up" });
  await disarm(world.database, null);
  world.receiver.received.length = 0;
});

const SHOPPER = { shopper: "anna", channel: "CN" } as const;
const ANY = { target: "payment", gateway: null, merchantNo: null, path: null, seconds: null } as const;
const arm = (fault: Fault, target: "payment" | "request" = "payment", path: string | null = null) =>
  armFault(world.database, { fault, target, gateway: null, merchantNo: null, path, seconds: null });

function genuine({ body, headers }: World["receiver"]["received"][number]): boolean {
  const text = [...body].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`);
  return rsaSha256Verify(`${text.join("&")},${headers.timestamp}`, headers.signature ?? "", world.account.credentials.gatewayPublicKey);
}

/** Pays a new payment with one fault and answers what the caller's server gets at once, and once time has passed. */
async function told(fault: Fault) {
  const { no } = await created(world);
  await payPayment(world.database, no, SHOPPER, [{ fault, seconds: FAULTS[fault].seconds }]);
  await drainNotices(world.database);
  const atOnce = world.receiver.received.length;
  await makeDue(world.database, no);
  await drainNotices(world.database);
  return { no, atOnce, all: world.receiver.received.filter(({ body }) => body.get("no") === no) };
}

describe("after the payment", () => {
  it.each([
    ["notice_lost", 0, 0, true, "100", "HKD"],
    ["notice_late", 0, 1, true, "100", "HKD"],
    ["notice_duplicate", 3, 3, true, "100", "HKD"],
    ["notice_reordered", 0, 1, true, "100", "HKD"],
    ["notice_forged", 1, 1, false, "100", "HKD"],
    ["notice_wrong_amount", 1, 1, true, "100.01", "HKD"],
    ["notice_wrong_currency", 1, 1, true, "100", "USD"],
  ] as const)("%s: %i at once, %i in all, signed: %s, says %s %s", async (fault, atOnce, all, signed, amount, currency) => {
    const outcome = await told(fault);
    expect([outcome.atOnce, outcome.all.length]).toEqual([atOnce, all]);
    for (const notice of outcome.all) {
      expect(genuine(notice)).toBe(signed);
      expect(Object.fromEntries(notice.body)).toMatchObject({ status: "PAID", amount, currency });
    }
    // Whatever was said, the ledger knows the truth.
    expect(await world.backend.find(world.caller, { no: outcome.no })).toMatchObject({ state: "PAID", amount: "100", currency: "HKD" });
  });

  it("an out-of-order notice goes as soon as another payment's has gone", async () => {
    const first = await created(world);
    await payPayment(world.database, first.no, SHOPPER, [{ fault: "notice_reordered", seconds: 30 }]);
    const second = await created(world);
    await payPayment(world.database, second.no, SHOPPER);
    await drainNotices(world.database);
    await drainNotices(world.database);
    expect(world.receiver.received.map(({ body }) => body.get("no"))).toEqual([second.no, first.no]);
  });
});

describe("in the answer", () => {
  const paidFor = async (clientNo: string) => world.backend.find(world.caller, { clientNo });

  it.each(["reply_lost", "reply_slow", "reply_500", "reply_garbage"] as const)("%s: the payment exists all the same", async (fault) => {
    await arm(fault);
    const slept: number[] = [];
    const response = await requestCreate(world, `answer-${fault}`, async (ms) => void slept.push(ms));
    const text = await response.text().catch(() => "broken");
    const readable = text.startsWith('{"meta"') && text.endsWith("}");
    expect({ readable, status: response.status, slept }).toEqual({
      readable: fault === "reply_slow",
      status: fault === "reply_500" ? 500 : 200,
      slept: fault === "reply_slow" ? [30_000] : [],
    });
    if (fault === "reply_lost") expect(text).toBe("broken");
    expect(await paidFor(`answer-${fault}`)).toMatchObject({ state: "INIT" });
    // It struck once: the next create is answered properly.
    expect((await requestCreate(world, `answer-${fault}-next`)).status).toBe(200);
  });

  it.each([
    ["refuse_unavailable", 503],
    ["refuse_wallet_down", 555],
  ] as const)("%s: HTTP %i in the gateway's own words, and no payment", async (fault, status) => {
    await arm(fault);
    const response = await requestCreate(world, `refused-${fault}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ meta: { status_code: status, success: false } });
    expect(await paidFor(`refused-${fault}`)).toBeNull();
  });

  it("notice_early: the notice has been sent before the create is answered", async () => {
    await arm("notice_early");
    let looked = 0;
    const response = await requestCreate(world, "early", async () => {
      looked++;
      await drainNotices(world.database);
    });
    expect(looked).toBe(1);
    expect(world.receiver.received.map(({ body }) => body.get("agent_order_id"))).toEqual(["early"]);
    expect(response.status).toBe(200);
    expect(await paidFor("early")).toMatchObject({ state: "PAID" });
  });

  it("a fault for one path waits for it, and strikes no other", async () => {
    await arm("reply_500", "request", "/refund");
    expect((await requestCreate(world, "other-path")).status).toBe(200);
    await arm("reply_500", "request", "/order/scanned_pay");
    expect((await requestCreate(world, "this-path")).status).toBe(500);
    expect((await listArmed(world.database, 10)).filter((one) => one.usedAt === null)).toMatchObject([{ path: "/refund" }]);
  });

  it("a fault for one gateway waits for it", async () => {
    await armFault(world.database, { ...ANY, fault: "reply_500", target: "request", gateway: "xxpay" });
    expect((await requestCreate(world, "this-gateway")).status).toBe(200);
    expect(await armFault(world.database, { ...ANY, fault: "reply_500", gateway: "nowhere" })).toEqual({ refusal: "unknown_gateway" });
  });

  it("a wrong currency cannot be armed where notices name none, and waits for a gateway where they do", async () => {
    expect(await armFault(world.database, { ...ANY, fault: "notice_wrong_currency", gateway: "mpgateway" })).toEqual({
      refusal: "fault_not_for_gateway",
    });
    await arm("notice_wrong_currency");
    const { backend, caller } = await worldAt(world, "mpgateway");
    const merchantNo = caller.callerNo;
    await backend.create(caller, newPayment(world, { merchantNo, currency: "CNY" }));
    expect((await listArmed(world.database, 1))[0]?.usedAt).toBeNull();
    const { no } = await created(world);
    expect((await listArmed(world.database, 1))[0]?.usedFor).toBe(no);
  });

  it("one armed fault strikes one of many creates at once", async () => {
    await arm("reply_500");
    const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => requestCreate(world, `race-${index}`)));
    expect(answers.filter((answer) => answer.status === 500)).toHaveLength(1);
  });
});

it("no fault of the table goes untried in this file", () => {
  const tried = "lost late duplicate reordered early forged wrong_amount wrong_currency".split(" ").map((name) => `notice_${name}`);
  const replies = ["reply_lost", "reply_slow", "reply_500", "reply_garbage", "refuse_unavailable", "refuse_wallet_down"];
  expect(FAULT_IDS).toEqual([...tried, ...replies]);
});
