import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bundleText } from "#app/(dashboard)/dashboard/orders/[id]/bundle/bundle.ts";
import { bareUrl, sweep, withoutWords } from "#app/(dashboard)/dashboard/orders/[id]/bundle/sweep.ts";
import { readOrderPage } from "#app/(dashboard)/dashboard/orders/[id]/read-page.ts";
import type { Database } from "#db/client.ts";
import { readOrder } from "#db/queries/dashboard-order.ts";
import { readAllEvents } from "#db/queries/dashboard-timeline.ts";
import { attempts } from "#db/schema/attempts.ts";
import { knownSecrets } from "#lib/doctor/known-secrets.ts";
import { ownActor } from "#lib/domain/audit.ts";
import { deskSecrets } from "#lib/payments/desk-secret.ts";
import { markReviewed } from "#lib/payments/mark-reviewed.ts";
import { refundOrder } from "#lib/payments/refund-order.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { HOOK_SECRET, SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";

const held: { database: Database | null } = { database: null };
vi.mock("#db/client.ts", async (original) => ({ ...(await original<object>()), db: () => held.database }));

let world: World;
beforeAll(async () => {
  world = await testWorld();
  held.database = world.database;
});
afterAll(() => world.close());

const METADATA = { name: "Chan Tai Man", phone: "+852 9123 4567", note: "ring twice 叮咚" };
const EMAIL = "tai.man@example.com";
const IP = "198.51.100.77";

/** An order that was paid, refunded in part and looked at, with all that is personal about it. */
async function busyOrder(gateway: string): Promise<{ orderId: string; token: string }> {
  const accountId = gateway === "hipopay-agent" ? world.accountId : await world.addAccount(gateway);
  const currency = gateway.startsWith("hipopay") ? "HKD" : "CNY";
  const more = {
    ...{ accountId, amount: { minor: 8800n, currency }, metadata: METADATA },
    notifyUrl: `${world.origin}/hook/a-very-long-pass-in-the-path?key=${EMAIL}`,
    returnUrl: `${world.origin}/back?session=keep-me-secret`,
  };
  const order = await world.openOrder(8800n, more);
  const shopper = { ...SHOPPER, ip: IP };
  const begun = await startAttempt({ token: order.token, method: "wechat.native", shopper }, world.database);
  if (!begun.ok) throw new Error(JSON.stringify(begun.problem));
  const [attempt] = await world.database.select().from(attempts).where(eq(attempts.orderId, order.id));
  const payment = await paymentByAny(world.database, attempt?.gatewayOrderNo ?? "");
  if (!payment || !attempt) throw new Error("no payment");
  await payPayment(world.database, payment.no, { channel: "CN", shopper: "someone" });
  await world.drainNotices();
  await world.makeDue();
  await world.drainJobs();
  const who = { merchantId: world.merchantId, orderId: order.id, actor: "usr_x" };
  const asked = { attemptId: attempt.id, amountText: "1.00", reason: `for ${EMAIL}`, idempotencyKey: order.id };
  await refundOrder({ ...who, ...asked, asker: "refunder", auditor: ownActor("system", "test"), note: METADATA.name }, world.database);
  await world.database.execute(sql`update orders set needs_review = true where id = ${order.id}`);
  await markReviewed({ ...who, reason: `spoke to ${METADATA.name}` }, world.database);
  return { orderId: order.id, token: order.token };
}

async function bundleOf(orderId: string): Promise<string> {
  const order = await readOrder(world.database, [world.merchantId], orderId);
  if (!order) throw new Error("no order");
  return bundleText({
    data: await readOrderPage(order, { locale: "en", staff: true }),
    events: await readAllEvents(world.database, world.merchantId, orderId),
    versions: { shouyin: "0", node: "v24", postgres: "18.4", migration: "1" },
    now: new Date(),
    secrets: await knownSecrets(world.database, world.merchantId),
  });
}

/** Every text of a table's column. */
async function column(table: string, name: string): Promise<string[]> {
  const { rows } = await world.database.execute<{ value: string | null }>(
    sql`select ${sql.identifier(name)}::text as value from ${sql.identifier(table)}`,
  );
  return rows.flatMap(({ value }) => (value ? [value.replace(/^"|"$/g, "")] : []));
}

describe("the support bundle", () => {
  it.each(["hipopay-agent", "hipopay-merchant", "mpgateway", "xxpay", "fengniao"])(
    "of an order paid at %s tells everything and no secret, no sealed value, nothing personal",
    async (gateway) => {
      await deskSecrets(world.database, world.merchantId);
      const { orderId, token } = await busyOrder(gateway);
      const text = await bundleOf(orderId);
      const bundle = JSON.parse(text) as Record<string, { length: number; [n: number]: Record<string, unknown> }>;
      for (const part of ["attempts", "history", "exchanges", "notifications", "webhooks"])
        expect(bundle[part]?.length, part).toBeGreaterThan(0);
      expect(bundle.staff).toMatchObject([{ action: "refunds.send" }]);
      expect(bundle.order).toMatchObject({ state: "paid", amount: "88.00", metadata: { name: "***", phone: "***", note: "***" } });
      const secrets = await knownSecrets(world.database, world.merchantId);
      expect(secrets.length).toBeGreaterThan(3);
      const sealed = await Promise.all([
        column("gateway_accounts", "credentials"),
        column("notifications", "raw"),
        column("attempts", "payer"),
        column("merchants", "webhook_secret"),
        column("merchants", "desk_secrets"),
        column("deliveries", "message"),
      ]);
      expect(sealed.flat().length).toBeGreaterThan(4);
      const hidden = [...secrets, ...sealed.flat(), HOOK_SECRET, token, ...Object.values(METADATA), EMAIL, IP];
      for (const value of [...hidden, "PRIVATE KEY", "keep-me-secret", "a-very-long-pass-in-the-path"]) {
        expect(text.includes(value), value.slice(0, 40)).toBe(false);
        expect(text.includes(encodeURIComponent(value)), value.slice(0, 40)).toBe(false);
      }
    },
  );
});

describe("the last look", () => {
  it.each([
    ["a secret", "key=s3cret-value&x=1", "key=***&x=1"],
    ["a secret as JSON in JSON writes it", '{"a":"{\\"k\\":\\"quo\\\\\\"te66\\"}"}', '{"a":"{\\"k\\":\\"***\\"}"}'],
    ["an e-mail address", "to a.b+c@mail.example.com now", "to *** now"],
    ["IPv4", "from 203.0.113.7:80", "from ***:80"],
    ["IPv6", "from 2001:db8:0:0:0:0:0:1 and 2001:db8::7", "from *** and ***"],
    ["no time and no amount", "at 2026-11-20T12:34:56.789Z for 88.00, v18.4", "at 2026-11-20T12:34:56.789Z for 88.00, v18.4"],
  ])("masks %s", (_what, text, masked) => {
    expect(sweep(text, ["s3cret-value", 'quo"te66'])).toBe(masked);
  });

  it("leaves of an address what is no pass, and of an object no words of people", () => {
    expect(bareUrl("https://user:pass@shop.example/hooks/0123456789abcdef?k=1")).toBe("https://shop.example/hooks/***?***");
    expect(bareUrl("not an address")).toBe("***");
    expect(withoutWords({ a: [{ reason: "x", decision: "no", metadata: { p: "q" } }], note: "", reason: 3 })).toEqual({
      a: [{ reason: "***", decision: "***", metadata: { p: "***" } }],
      note: "",
      reason: 3,
    });
  });
});
