import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction } from "#db/client.ts";
import { listAccountCalls, moveAccount, readAccountHealth, resumeAccount } from "#db/queries/account-health.ts";
import { listAccounts } from "#db/queries/dashboard-accounts.ts";
import { makeMerchant } from "#db/queries/dashboard-testing.ts";
import { channelHealth } from "#db/schema/channel-health.ts";
import { exchanges } from "#db/schema/exchanges.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { homeFigures } from "#db/schema/home-figures.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";

let world: TestDatabase;
const NOW = Date.now();

beforeAll(async () => {
  world = await testDatabase();
  const { database } = world;
  for (const id of ["mer_1", "mer_2"]) await makeMerchant(database, id, id);
  const account = {
    merchantId: "mer_1",
    gateway: "xxpay",
    title: "t",
    baseUrl: "https://gateway.example",
    credentials: "sealed",
    live: true,
  };
  await database.insert(gatewayAccounts).values([
    { ...account, id: "acc_b", position: 0 },
    { ...account, id: "acc_c", position: 7 },
  ]);
  const call = { merchantId: "mer_1", accountId: "acc_b", operation: "query", method: "POST", url: "https://gateway.example/" };
  const bytes = { requestHeaders: {}, requestBody: "q", responseBody: "a" };
  const calls = Array.from({ length: 20 }, (_, each) => ({ id: `exc_${each}`, status: 200, durationMs: (each + 1) * 10, ago: each }));
  const lost = { id: "exc_lost", status: null, durationMs: 9_000, ago: 30 };
  const old = { id: "exc_old", status: 200, durationMs: 99_000, ago: 25 * 60 };
  await database
    .insert(exchanges)
    .values([...calls, lost, old].map(({ ago, ...one }) => ({ ...call, ...bytes, ...one, startedAt: new Date(NOW - ago * 60_000) })));
  const trouble = { accountId: "acc_b", failures: 3, lastFailedAt: new Date(NOW), downs: 1, downUntil: new Date(NOW + 60_000) };
  await database.insert(channelHealth).values({ ...trouble, scope: "*", cause: "unreachable" });
  const figures = { merchantId: "mer_1", kind: "attempt" as const, live: true, accountId: "acc_b", method: "wechat.native" };
  await database.insert(homeFigures).values([
    { ...figures, slot: new Date(NOW - 86_400_000), paid: 3, ended: 4 },
    { ...figures, slot: new Date(NOW - 8 * 86_400_000), paid: 0, ended: 50 },
  ]);
});
afterAll(() => world.close());

describe("an account's health", () => {
  it("is made of a day's calls, a week's tries and what is paused, its own alone", async () => {
    const all = await readAccountHealth(world.database, "mer_1");
    expect(all.map((one) => one.accountId).sort()).toEqual(["acc_b", "acc_c", "acc_mer_1"]);
    const [one] = await readAccountHealth(world.database, "mer_1", "acc_b");
    expect(one).toMatchObject({
      calls: { count: 21, answered: 20, p50: 100, p95: 190 },
      tries: { paid: 3, ended: 4 },
      troubles: [{ scope: "*", cause: "unreachable", failures: 3 }],
    });
    const [quiet] = await readAccountHealth(world.database, "mer_1", "acc_c");
    expect(quiet).toEqual({
      accountId: "acc_c",
      troubles: [],
      calls: { count: 0, answered: 0, p50: null, p95: null },
      tries: { paid: 0, ended: 0 },
    });
  });

  it("and its calls are nobody else's to read", async () => {
    expect(await readAccountHealth(world.database, "mer_2", "acc_b")).toEqual([]);
    expect(await listAccountCalls(world.database, "mer_2", "acc_b", 10)).toEqual([]);
    expect((await listAccountCalls(world.database, "mer_1", "acc_b", 2)).map((call) => call.id)).toEqual(["exc_0", "exc_1"]);
  });

  it("is forgotten by hand by its own merchant alone, and once", async () => {
    expect(await resumeAccount(world.database, "mer_2", "acc_b")).toEqual([]);
    expect(await resumeAccount(world.database, "mer_1", "acc_b")).toEqual(["*"]);
    expect(await resumeAccount(world.database, "mer_1", "acc_b")).toEqual([]);
  });
});

describe("the order accounts are tried in", () => {
  const order = async () => (await listAccounts(world.database, "mer_1")).map((one) => one.id);
  const move = (id: string, by: -1 | 1, merchant = "mer_1") => inTransaction(world.database, (tx) => moveAccount(tx, merchant, id, by));

  it("moves one place at a time, also where places were equal, and not past its ends", async () => {
    expect(await order()).toEqual(["acc_b", "acc_mer_1", "acc_c"]);
    expect(await move("acc_mer_1", -1)).toBe(true);
    expect(await order()).toEqual(["acc_mer_1", "acc_b", "acc_c"]);
    expect(await move("acc_mer_1", -1)).toBe(false);
    expect(await move("acc_c", 1)).toBe(false);
    expect(await move("acc_mer_1", 1, "mer_2")).toBe(false);
    expect(await order()).toEqual(["acc_mer_1", "acc_b", "acc_c"]);
  });

  it("two moves at once lose nobody's place", async () => {
    await Promise.all([move("acc_c", -1), move("acc_mer_1", 1)]);
    expect((await order()).sort()).toEqual(["acc_b", "acc_c", "acc_mer_1"]);
    expect((await listAccounts(world.database, "mer_1")).map((one) => one.position)).toEqual([10, 20, 30]);
  });
});
