import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countMatters } from "#db/queries/dashboard-home.ts";
import { PAGE_ROWS, readCursor } from "#db/queries/dashboard-page.ts";
import { listRefunds, listRequests, type RefundsNarrowed, readMembers, readRequest } from "#db/queries/dashboard-refunds.ts";
import { makeMerchant, makeOrder, makeUser } from "#db/queries/dashboard-testing.ts";
import { refundRequests } from "#db/schema/refund-requests.ts";
import { refunds } from "#db/schema/refunds.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newGatewayNumber, newId } from "#lib/domain/ids.ts";

let test: TestDatabase;
let maker: string;
let checker: string;
const ANY = { from: null, to: null, by: null, notBy: null, timeZone: "Asia/Hong_Kong" };

beforeAll(async () => {
  test = await testDatabase();
  for (const id of ["mer_a", "mer_b"]) await makeMerchant(test.database, id, id);
  maker = await makeUser(test.database, { email: "ann@example.com", password: "x", roles: { mer_a: "operator" } });
  checker = await makeUser(test.database, { email: "bob@example.com", password: "x", roles: { mer_a: "admin", mer_b: "viewer" } });
});
afterAll(() => test.close());

async function paid(merchantId: string, reference: string) {
  return makeOrder(test.database, merchantId, { reference, state: "paid" });
}

async function request(merchantId: string, order: { orderId: string; attemptId: string }, createdAt: Date, by = maker): Promise<string> {
  const id = newId("refundRequest");
  const facts = { merchantId, orderId: order.orderId, attemptId: order.attemptId, currency: "HKD", amount: 1n, reason: "x" };
  const more = { cause: "role" as const, requestedBy: by, idempotencyKey: id, expiresAt: new Date(createdAt.getTime() + 7 * 86_400_000) };
  await test.database.insert(refundRequests).values({ id, ...facts, ...more, createdAt });
  return id;
}

describe("the list of requests", () => {
  it("is a merchant's own, newest first, pages both ways without a gap, and is counted", async () => {
    const order = await paid("mer_a", "A-1");
    const at = (n: number) => new Date(Date.UTC(2026, 10, 1, 0, 0, Math.floor(n / 3)));
    const ids: string[] = [];
    for (let n = 0; n < PAGE_ROWS + 5; n += 1) ids.push(await request("mer_a", order, at(n)));
    await request("mer_b", await paid("mer_b", "B-1"), at(0), checker);
    expect((await countMatters(test.database, "mer_a")).waitingRefunds.count).toBe(PAGE_ROWS + 5);
    const first = await listRequests(test.database, "mer_a", ["requested"], ANY, null);
    const second = await listRequests(test.database, "mer_a", ["requested"], ANY, readCursor(first.older ?? ""));
    expect([first.rows.length, second.rows.length, first.newer, second.older]).toEqual([PAGE_ROWS, 5, null, null]);
    const seen = [...first.rows, ...second.rows];
    expect(new Set(seen.map((row) => row.id))).toEqual(new Set(ids));
    expect(seen.every((row, index) => index === 0 || (seen[index - 1]?.createdAt ?? 0) >= row.createdAt)).toBe(true);
    const back = await listRequests(test.database, "mer_a", ["requested"], ANY, readCursor(second.newer ?? ""));
    expect(back.rows.map((row) => row.id)).toEqual(first.rows.map((row) => row.id));
    expect(first.rows[0]).toMatchObject({ reference: "A-1", live: false });
  });

  it("is narrowed by the merchant's days, by person, and to what is others'", async () => {
    const order = await paid("mer_a", "A-2");
    // Half past midnight in Hong Kong is still the day before in UTC.
    const early = await request("mer_a", order, new Date("2026-10-09T16:30:00Z"), checker);
    const late = await request("mer_a", order, new Date("2026-10-10T15:59:59Z"));
    await request("mer_a", order, new Date("2026-10-10T16:00:00Z"));
    const day = { ...ANY, from: "2026-10-10", to: "2026-10-10" };
    const idsOf = async (narrowed: RefundsNarrowed) =>
      (await listRequests(test.database, "mer_a", ["requested"], narrowed, null)).rows.map((row) => row.id);
    expect(await idsOf(day)).toEqual([late, early]);
    expect(await idsOf({ ...day, by: checker })).toEqual([early]);
    expect(await idsOf({ ...day, notBy: checker })).toEqual([late]);
  });
});

describe("the list of refunds", () => {
  it("has those in the states asked for and no other merchant's", async () => {
    const order = await paid("mer_a", "A-3");
    const make = async (
      merchantId: string,
      of: { orderId: string; attemptId: string },
      state: "succeeded" | "manual" | "failed" | "sent",
    ) => {
      const id = newId("refund");
      const ids = { id, merchantId, orderId: of.orderId, attemptId: of.attemptId, accountId: `acc_${merchantId}` };
      const facts = { currency: "HKD", amount: 1n, state, reason: "x", requestedBy: maker, idempotencyKey: id };
      await test.database.insert(refunds).values({ ...ids, ...facts, refundNo: newGatewayNumber(new Date()) });
      return id;
    };
    const [done, manual, failed] = [
      await make("mer_a", order, "succeeded"),
      await make("mer_a", order, "manual"),
      await make("mer_a", order, "failed"),
    ];
    await make("mer_b", await paid("mer_b", "B-3"), "succeeded");
    const idsOf = async (states: Parameters<typeof listRefunds>[2]) =>
      (await listRefunds(test.database, "mer_a", states, ANY, null)).rows.map((row) => row.id).sort();
    expect(await idsOf(["succeeded", "manual"])).toEqual([done, manual].sort());
    expect(await idsOf(["failed"])).toEqual([failed]);
    expect(await idsOf(["reserved", "sent", "unknown"])).toEqual([]);
  });
});

describe("a request", () => {
  it("is read by members of its merchant and nobody else; who may decide are those of the roles", async () => {
    const id = await request("mer_a", await paid("mer_a", "A-4"), new Date());
    expect(await readRequest(test.database, ["mer_a"], id)).toMatchObject({ id, merchantName: "mer_a" });
    expect(await readRequest(test.database, "all", id)).toMatchObject({ id });
    expect(await readRequest(test.database, ["mer_b"], id)).toBeNull();
    expect(await readRequest(test.database, [], id)).toBeNull();
    expect(await readMembers(test.database, "mer_a", ["owner", "admin"])).toEqual([{ id: checker, name: "bob" }]);
    expect((await readMembers(test.database, "mer_a", null)).map(({ name }) => name)).toEqual(["ann", "bob"]);
    expect(await readMembers(test.database, "mer_b", ["owner", "admin"])).toEqual([]);
  });
});
