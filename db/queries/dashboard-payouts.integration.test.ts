import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAccounts, readRouting, updateRouting } from "#db/queries/dashboard-accounts.ts";
import { readLastUse } from "#db/queries/dashboard-counter.ts";
import { listNotifications } from "#db/queries/dashboard-inbox.ts";
import { listPayouts, readPayout } from "#db/queries/dashboard-payouts.ts";
import { makeMerchant, makeOrder } from "#db/queries/dashboard-testing.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { notifications } from "#db/schema/notifications.ts";
import { payouts } from "#db/schema/payouts.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";

let world: TestDatabase;

beforeAll(async () => {
  world = await testDatabase();
  const { database } = world;
  for (const id of ["mer_1", "mer_2"]) await makeMerchant(database, id, id);
  const payout = (id: string, merchantId: string, more: Partial<typeof payouts.$inferInsert> = {}) => ({
    ...{ id, merchantId, accountId: `acc_${merchantId}`, channel: "trans", payoutNo: `NO-${id}`, currency: "CNY", amount: 100n },
    ...{ state: "paid" as const, recipient: "sealed", recipientEnding: "1234", remark: "", requestedBy: "usr_1", idempotencyKey: id },
    ...more,
  });
  await database
    .insert(payouts)
    .values([payout("pyt_a", "mer_1"), payout("pyt_b", "mer_1", { state: "unknown" }), payout("pyt_c", "mer_2")]);
  const notice = (id: string, merchantId: string, number: string) => ({
    ...{ id, merchantId, accountId: `acc_${merchantId}`, fingerprint: id, gatewayOrderNo: number },
    ...{ verdict: "orphan" as const, fields: {}, raw: "sealed" },
  });
  await database
    .insert(notifications)
    .values([notice("ntf_known", "mer_1", "NO-pyt_a"), notice("ntf_foreign", "mer_1", "NO-pyt_c"), notice("ntf_none", "mer_1", "X")]);
});
afterAll(() => world.close());

describe("a merchant's payouts", () => {
  it("are its own, newest first, without the sealed recipient", async () => {
    const { rows } = await listPayouts(world.database, "mer_1", null, null);
    expect(rows.map(({ id }) => id).sort()).toEqual(["pyt_a", "pyt_b"]);
    expect(rows.every((row) => !("recipient" in row))).toBe(true);
    expect((await listPayouts(world.database, "mer_1", "unknown", null)).rows.map(({ id }) => id)).toEqual(["pyt_b"]);
  });

  it("one is read with its recipient by its own merchant only", async () => {
    expect(await readPayout(world.database, "mer_1", "pyt_a")).toMatchObject({ recipient: "sealed", accountTitle: "mer_1 HipoPay" });
    expect(await readPayout(world.database, "mer_1", "pyt_c")).toBeNull();
    expect(await readPayout(world.database, "mer_1", "pyt_z")).toBeNull();
  });
});

it("an orphaned notice leads to the payout of its account that has its number, and to no other", async () => {
  const { rows } = await listNotifications(world.database, "mer_1", "orphan", null);
  expect(Object.fromEntries(rows.map(({ id, payoutId }) => [id, payoutId]))).toEqual({
    ntf_known: "pyt_a",
    ntf_foreign: null,
    ntf_none: null,
  });
});

it("an account that may speak plain http is marked in the list", async () => {
  const { database } = world;
  const marks = async () => (await listAccounts(database, "mer_1")).map(({ insecure }) => insecure);
  expect(await marks()).toEqual([false]);
  for (const [setting, expected] of [
    [true, true],
    ["true", false],
    [false, false],
  ] as const) {
    await database
      .update(gatewayAccounts)
      .set({ settings: { insecureTransport: setting } })
      .where(eq(gatewayAccounts.id, "acc_mer_1"));
    expect(await marks()).toEqual([expected]);
  }
});

it("a merchant's rule is its own", async () => {
  await updateRouting(world.database, "mer_1", "by_amount");
  expect([await readRouting(world.database, "mer_1"), await readRouting(world.database, "mer_2")]).toEqual(["by_amount", "first"]);
});

it("the counter begins with what the newest order was in", async () => {
  expect(await readLastUse(world.database, "mer_2")).toBeNull();
  await makeOrder(world.database, "mer_2", { reference: "old", currency: "CNY", createdAt: new Date(Date.now() - 60_000) });
  await makeOrder(world.database, "mer_2", { reference: "new", currency: "HKD" });
  expect(await readLastUse(world.database, "mer_2")).toEqual({ currency: "HKD", live: false });
});
