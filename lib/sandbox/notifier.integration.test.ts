import { spawn } from "node:child_process";
import { once } from "node:events";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxNotices } from "#db/schema/sandbox/notices.ts";
import { rsaSha256Verify } from "#lib/crypto/rsa.ts";
import { hipopayAgentDialect } from "#lib/dialects/hipopay-agent/index.ts";
import { claimNotices, deliverNotice } from "#lib/sandbox/deliver.ts";
import { noticesOf } from "#lib/sandbox/notice-listing.ts";
import { drainNotices, redeliverNotice, startNotifier } from "#lib/sandbox/notifier.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { created, makeDue, sandboxWorld, type World } from "#lib/sandbox/testing.ts";

let world: World;
beforeAll(async () => {
  world = await sandboxWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.update(sandboxNotices).set({ state: "given_up" });
  world.receiver.received.length = 0;
  world.receiver.answer = () => ({ status: 200, body: "success" });
});

const SHOPPER = { shopper: "anna", channel: "CN" } as const;
const delivery = () => ({ database: world.database, dialectOf: () => hipopayAgentDialect });

async function paid(faults: Parameters<typeof payPayment>[3] = []): Promise<string> {
  const { no } = await created(world);
  expect((await payPayment(world.database, no, SHOPPER, faults)).ok).toBe(true);
  return no;
}

/** The signature of a notice as the document has it: raw values, sorted (seeds/000 §10.3). */
function genuine({ body, headers }: World["receiver"]["received"][number]): boolean {
  const text = [...body].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`);
  return rsaSha256Verify(`${text.join("&")},${headers.timestamp}`, headers.signature ?? "", world.account.credentials.gatewayPublicKey);
}

describe("the schedule", () => {
  it("sends a signed notice of what was paid, and stops once it is acknowledged", async () => {
    const no = await paid();
    expect(await drainNotices(world.database)).toEqual({ sent: 1, acknowledged: 1, failed: 0 });
    const [notice] = world.receiver.received;
    expect(notice && genuine(notice)).toBe(true);
    expect(Object.fromEntries(notice?.body ?? [])).toMatchObject({ no, status: "PAID", amount: "100", currency: "HKD" });
    await makeDue(world.database, no);
    expect(await drainNotices(world.database)).toEqual({ sent: 0, acknowledged: 0, failed: 0 });
  });

  it("tries again after each wait of the dialect's schedule, then gives up", async () => {
    world.receiver.answer = () => ({ status: 200, body: "unsuccessful" });
    const no = await paid();
    const waits: (number | null)[] = [];
    for (let round = 0; round <= hipopayAgentDialect.retrySeconds.length; round++) {
      const [claimed] = await claimNotices(world.database, 1);
      const made = claimed ? await deliverNotice(delivery(), claimed) : null;
      waits.push(made?.nextInSeconds ?? null);
      const [{ left } = { left: "0" }] = await world.database
        .select({ left: sql<string>`extract(epoch from ${sandboxNotices.nextAt} - now())` })
        .from(sandboxNotices)
        .where(eq(sandboxNotices.paymentNo, no));
      expect(Math.abs(Number(left) - (made?.nextInSeconds ?? 0))).toBeLessThan(1);
      await makeDue(world.database, no);
    }
    expect(waits).toEqual([...hipopayAgentDialect.retrySeconds, null]);
    expect(await noticesOf(world.database, no)).toMatchObject([{ state: "given_up", tries: waits.length }]);
  });

  it.each([
    ["a server error", () => ({ status: 500, body: "success" })],
    ["another word", () => ({ status: 200, body: "SUCCESSFUL" })],
    ["a broken connection", () => "hang up" as const],
  ])("does not take %s for an acknowledgement", async (_name, answer) => {
    world.receiver.answer = answer;
    await paid();
    expect(await drainNotices(world.database)).toEqual({ sent: 1, acknowledged: 0, failed: 1 });
  });

  it("sends a notice again at any time when asked, even an acknowledged or a lost one", async () => {
    const no = await paid([{ fault: "notice_lost", seconds: null }]);
    expect(await drainNotices(world.database)).toMatchObject({ sent: 0 });
    const [notice] = await noticesOf(world.database, no);
    expect(await redeliverNotice(world.database, notice?.id ?? 0)).toMatchObject({ acknowledged: true });
    expect(await redeliverNotice(world.database, notice?.id ?? 0)).toMatchObject({ acknowledged: true, number: 2 });
    expect(world.receiver.received).toHaveLength(2);
  });
});

describe("the lease", () => {
  it("lets two notifiers never take the same notice", async () => {
    await Promise.all([paid(), paid(), paid(), paid()]);
    const claims = await Promise.all([1, 2, 3, 4].map(() => claimNotices(world.database, 3)));
    const ids = claims.flat().map((notice) => notice.id);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(4);
  });

  it("of a killed notifier runs out, and another sends what it had taken", async () => {
    const no = await paid();
    expect(await claimNotices(world.database, 1)).toHaveLength(1); // … and here the process was killed
    expect(await drainNotices(world.database)).toMatchObject({ sent: 0 });
    await world.database
      .update(sandboxNotices)
      .set({ leaseUntil: sql`now() - interval '1 second'` })
      .where(eq(sandboxNotices.paymentNo, no));
    expect(await drainNotices(world.database)).toMatchObject({ sent: 1, acknowledged: 1 });
  });

  it("lost in the middle of a try leaves the record to whoever took it over", async () => {
    const no = await paid();
    const [slow] = await claimNotices(world.database, 1);
    await world.database
      .update(sandboxNotices)
      .set({ leaseUntil: sql`now() - interval '1 second'` })
      .where(eq(sandboxNotices.paymentNo, no));
    await drainNotices(world.database);
    expect(slow && (await deliverNotice(delivery(), slow))).toBeNull();
    expect(await noticesOf(world.database, no)).toMatchObject([{ state: "acknowledged", tries: 1, log: [{ number: 1 }] }]);
  });
});

describe("the running notifier", () => {
  it("wakes when somebody pays, sends, retries in time and ends on its signal", async () => {
    const stop = new AbortController();
    const running = startNotifier({ signal: stop.signal, database: world.database, databaseUrl: world.db.url });
    let calls = 0;
    world.receiver.answer = () => ({ status: 200, body: ++calls === 1 ? "later" : "success" });
    const no = await paid();
    const started = Date.now();
    await expect.poll(async () => (await noticesOf(world.database, no))[0]?.state, { timeout: 8000, interval: 25 }).toBe("acknowledged");
    expect(calls).toBe(2);
    // The first retry is due after one second (seeds/001): not at once, and not a poll later.
    expect(Date.now() - started).toBeGreaterThanOrEqual(900);
    stop.abort();
    await running;
    await paid();
    expect(world.receiver.received).toHaveLength(2);
  });

  it("killed with -9 in the middle of a try loses nothing: the next one sends it", async () => {
    world.receiver.answer = () => "never";
    const no = await paid();
    const program = `const { startNotifier } = await import(${JSON.stringify(new URL("notifier.ts", import.meta.url).href)});
      await startNotifier({ signal: new AbortController().signal });`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "ignore", env: process.env });
    const ended = once(child, "exit");
    await expect.poll(() => world.receiver.received.length, { timeout: 15_000, interval: 25 }).toBe(1);
    child.kill("SIGKILL");
    await ended;
    expect(await drainNotices(world.database)).toMatchObject({ sent: 0 });
    await world.database
      .update(sandboxNotices)
      .set({ leaseUntil: sql`now() - interval '1 second'` })
      .where(eq(sandboxNotices.paymentNo, no));
    world.receiver.answer = () => ({ status: 200, body: "success" });
    expect(await drainNotices(world.database)).toMatchObject({ sent: 1, acknowledged: 1 });
    expect(await noticesOf(world.database, no)).toMatchObject([{ state: "acknowledged", tries: 1 }]);
  });
});
