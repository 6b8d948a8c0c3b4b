import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inTransaction } from "#db/client.ts";
import { type MadeOrder, makeMerchant, makeOrder } from "#db/queries/dashboard-testing.ts";
import { merchantsToRoll, rollFigures } from "#db/queries/home-figures.ts";
import { type HomeQuestion, readFigures } from "#db/queries/home-read.ts";
import { type OrderEventType, orderEvents } from "#db/schema/order-events.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";

// Kathmandu's day begins at a quarter past the hour of UTC: 18:15.
const ZONE = "Asia/Kathmandu";
// The last time it was 15:22:20 there; the workers look back from the database's own now.
const NOW = new Date(Math.floor((Date.now() - 34_640_000) / 86_400_000) * 86_400_000 + 34_640_000);
const dayOf = (at: Date) => new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, dateStyle: "short" }).format(at);
const ASKED: HomeQuestion = { merchantId: "mer_1", timeZone: ZONE, live: true, period: 1, now: NOW };
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const DAY = 1440;
let world: TestDatabase;

beforeAll(async () => {
  world = await testDatabase();
  for (const id of ["mer_1", "mer_2"]) await makeMerchant(world.database, id, id);
  await world.database.execute(sql`update merchants set time_zone = ${ZONE}`);
  const paid = (reference: string, minutes: number, more = {}) =>
    makeOrder(world.database, "mer_1", { reference, live: true, state: "paid", createdAt: ago(minutes), ...more });
  await paid("today", 30, { amount: 1_000n });
  await paid("today in yuan", 31, { amount: 70n, currency: "CNY" });
  await paid("test money", 32, { live: false, amount: 9n });
  // By the same time yesterday: one in a whole slot, one in the cut's own slot, and one a second after the cut.
  await paid("yesterday, early", DAY + 40, { amount: 200n });
  await paid("yesterday, just before now", DAY + 1, { amount: 30n });
  await paid("yesterday, after now", DAY - 1 / 60, { amount: 4n });
  await paid("a week ago", 7 * DAY + 60, { amount: 5n });
  await paid("29 days ago", 29 * DAY, { amount: 6n });
  await paid("30 days ago", 30 * DAY + 900, { amount: 700n });
  await makeOrder(world.database, "mer_2", { reference: "foreign", live: true, state: "paid", createdAt: ago(30) });
  const open = (reference: string) => makeOrder(world.database, "mer_1", { reference, live: true, state: "open", createdAt: ago(120) });
  await open("nobody came");
  await events(await open("chosen"), ["attempt.sent", "attempt.refused"]);
  await events(await open("shown twice"), ["attempt.sent", "attempt.presented", "attempt.closed", "attempt.sent", "attempt.presented"]);
  await events(await open("given up"), ["attempt.sent", "attempt.presented", "attempt.closed", "order.expired"]);
});
afterAll(() => world.close());
beforeEach(() => world.database.execute(sql`truncate home_figures, home_progress`));

async function events(made: MadeOrder, types: OrderEventType[]): Promise<void> {
  const rows = types.map((type, index) => ({
    ...{ orderId: made.orderId, merchantId: "mer_1", sequence: 2 + index, type, actor: "gateway" },
    ...{ at: ago(119 - index), data: { attempt: made.attemptId } },
  }));
  await world.database.insert(orderEvents).values(rows);
}

const roll = () => inTransaction(world.database, (tx) => rollFigures(tx, "mer_1"));

describe("figures", () => {
  it("compare today with the same time of yesterday and of a week ago, to the second and by the merchant's clock", async () => {
    const { today, byNow, days, hours, until } = await readFigures(world.database, ASKED);
    expect({ today, until }).toEqual({ today: dayOf(NOW), until: null });
    expect(days.filter(({ day }) => day === today)).toEqual([
      { day: today, currency: "CNY", count: 1, amount: 70n },
      { day: today, currency: "HKD", count: 1, amount: 1_000n },
    ]);
    expect(byNow.sort((a, b) => a.back - b.back)).toEqual([
      { back: 1, currency: "HKD", count: 2, amount: 230n },
      { back: 7, currency: "HKD", count: 1, amount: 5n },
    ]);
    expect(days.find(({ day }) => day === dayOf(ago(DAY)))?.amount).toBe(234n);
    expect(hours.find(({ back, currency }) => back === 0 && currency === "HKD")).toMatchObject({ hour: 14, amount: 1_000n });
  });

  it("look back thirty days of the merchant's calendar and not one more", async () => {
    const { days } = await readFigures(world.database, ASKED);
    expect(days[0]).toMatchObject({ day: dayOf(ago(29 * DAY)), amount: 6n });
  });

  it("keep test money and other merchants out", async () => {
    const test = await readFigures(world.database, { ...ASKED, live: false });
    expect(test.days).toEqual([{ day: dayOf(NOW), currency: "HKD", count: 1, amount: 9n }]);
    const other = await readFigures(world.database, { ...ASKED, merchantId: "mer_2", live: false });
    expect([other.days, other.byNow, other.channels]).toEqual([[], [], []]);
  });

  it("count each step once an order, and a payment as all the steps before it", async () => {
    const { steps, channels } = await readFigures(world.database, ASKED);
    expect(steps).toEqual({ opened: 6, chosen: 5, shown: 4, paid: 2, ended: 3 });
    expect(channels).toEqual([{ accountId: "acc_mer_1", method: "wechat.native", tried: 4, paid: 2, ended: 5 }]);
  });

  it("are the same before, between and after rolling up", async () => {
    const plain = await readFigures(world.database, { ...ASKED, period: 30 });
    for (const [place, cut] of [ago(20 * DAY), ago(DAY + 3), ago(119), ago(117.5), ago(31)].entries()) {
      await world.database.execute(sql`truncate home_figures, home_progress`);
      await roll();
      expect(await readFigures(world.database, { ...ASKED, period: 30 }), `whole, ${place}`).toEqual(plain);
      // The mark stands somewhere in the middle, as it does after a piece: what lies behind it is read from the history.
      await world.database.execute(sql`truncate home_figures, home_progress`);
      await world.database.execute(sql`insert into home_progress values ('mer_1', ${ago(39 * DAY)}, ${ZONE})`);
      await world.database.execute(sql`alter table order_events disable trigger user`);
      await world.database.execute(sql`update order_events set at = at + interval '1 year' where at >= ${cut}`);
      await roll();
      await world.database.execute(sql`update order_events set at = at - interval '1 year' where at >= now() + interval '100 days'`);
      await world.database.execute(sql`update home_progress set through = ${cut}`);
      expect(await readFigures(world.database, { ...ASKED, period: 30 }), `cut ${place}`).toEqual(plain);
      await roll();
      expect(await readFigures(world.database, { ...ASKED, period: 30 }), `cut and rolled ${place}`).toEqual(plain);
    }
  });

  it("a payment after the order had ended adds a payment and no second end", async () => {
    const made = await makeOrder(world.database, "mer_1", { reference: "late", live: true, state: "open", createdAt: ago(130) });
    await events(made, ["attempt.sent", "attempt.presented", "attempt.closed", "order.expired"]);
    const then = await readFigures(world.database, ASKED);
    await roll();
    const late = { orderId: made.orderId, merchantId: "mer_1", sequence: 6, actor: "gateway", data: { attempt: made.attemptId } };
    await world.database.insert(orderEvents).values({ ...late, type: "order.paid_late", at: new Date() });
    const { steps, channels } = await readFigures(world.database, ASKED);
    expect(steps).toEqual({ ...then.steps, paid: then.steps.paid + 1 });
    expect(channels).toEqual(then.channels.map((channel) => ({ ...channel, paid: channel.paid + 1 })));
  });
});

describe("rolling up", () => {
  it("by two workers at once adds nothing twice", async () => {
    const plain = await readFigures(world.database, { ...ASKED, period: 30 });
    await Promise.all([roll(), roll(), roll()]);
    await roll();
    expect(await readFigures(world.database, { ...ASKED, period: 30 })).toEqual(plain);
  });

  it("begins anew when the merchant goes over to another time zone", async () => {
    await roll();
    const zone = { ...ASKED, timeZone: "Pacific/Auckland" };
    await world.database.execute(sql`update merchants set time_zone = ${zone.timeZone} where id = 'mer_1'`);
    await roll();
    const rolled = await readFigures(world.database, { ...zone, period: 30 });
    await world.database.execute(sql`truncate home_figures, home_progress`);
    expect(rolled).toEqual(await readFigures(world.database, { ...zone, period: 30 }));
    await world.database.execute(sql`update merchants set time_zone = ${ZONE} where id = 'mer_1'`);
  });

  it("is asked for only where there is something new", async () => {
    expect((await merchantsToRoll(world.database)).sort()).toEqual(["mer_1", "mer_2"]);
    await roll();
    expect(await merchantsToRoll(world.database)).toEqual(["mer_2"]);
  });
});
