import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activeAccounts } from "#db/queries/accounts.ts";
import { checkoutRow } from "#db/queries/checkout.ts";
import { listMerchants, readLogo, readSettings } from "#db/queries/merchant-settings.ts";
import { readLimits } from "#db/queries/refund-limits.ts";
import { attempts } from "#db/schema/attempts.ts";
import { audit } from "#db/schema/audit.ts";
import { memberships, users } from "#db/schema/users.ts";
import { authenticate } from "#lib/api/authenticate.ts";
import { createKey } from "#lib/api/keys.ts";
import { forgetKeys } from "#lib/api/known-keys.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import { newId } from "#lib/domain/ids.ts";
import { readLink } from "#lib/payments/checkout-link.ts";
import { createLink } from "#lib/payments/create-link.ts";
import { deskSecrets, rollDeskSecret, showDeskSecrets } from "#lib/payments/desk-secret.ts";
import { payOut } from "#lib/payments/pay-out.ts";
import { readCheckout } from "#lib/payments/read-checkout.ts";
import { scanPay } from "#lib/payments/scan-pay.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { signUp } from "#lib/team/join.ts";
import { createMerchant } from "#lib/team/merchants.ts";
import { changeSettings, removeLogo, saveLimits, saveLogo } from "#lib/team/settings.ts";

let world: World;
let adminId = "";
const actor = (): AuditActor => ({ kind: "user", id: adminId, name: "admin", ip: "", userAgent: "" });

beforeAll(async () => {
  world = await testWorld();
  adminId = newId("user");
  await world.database
    .insert(users)
    .values({ id: adminId, email: "admin@x.example", name: "admin", passwordHash: "none", platformAdmin: true });
});
afterAll(() => world.close());

const audited = async (merchantId: string) =>
  world.database
    .select({ action: audit.action, detail: audit.detail })
    .from(audit)
    .where(eq(audit.merchantId, merchantId))
    .orderBy(audit.sequence);

describe("a merchant", () => {
  it("is made together with the invitation of its first owner, who then owns it", async () => {
    const made = await createMerchant({
      ...{ name: "Harbour Tea", locale: "en", timeZone: "Asia/Hong_Kong", ownerEmail: "owner@harbour.example" },
      ...{ by: { id: adminId }, actor: actor() },
    });
    if (!made.ok) throw new Error(made.problem);
    const typed = { name: "Wei", password: "a tin of ceylon tea", again: "a tin of ceylon tea", locale: "en", ip: "", userAgent: "" };
    const owner = await signUp({ token: made.invitation.token, ...typed });
    expect(owner).toMatchObject({ ok: true, merchantId: made.id });
    expect(await world.database.select().from(memberships).where(eq(memberships.merchantId, made.id))).toMatchObject([{ role: "owner" }]);
    expect((await audited(made.id)).map(({ action }) => action)).toEqual(["merchants.create", "team.invite", "team.join"]);
    const listed = await listMerchants(world.database, { name: "harbour", after: null });
    expect(listed).toMatchObject([{ id: made.id, members: 1, owners: 1, today: [], active: true }]);
    expect(
      await createMerchant({ name: "X", locale: "en", timeZone: "UTC", ownerEmail: "x", by: { id: adminId }, actor: actor() }),
    ).toEqual({
      ok: false,
      problem: "email_invalid",
    });
  });
});

describe("a merchant that is deactivated", () => {
  it("takes no new money, finishes what is under way, and works as before once it is reactivated", async () => {
    const { database, merchantId } = world;
    const set = (active: boolean) =>
      changeSettings({ merchantId, actor: actor(), action: active ? "merchants.reopen" : "merchants.close", patch: () => ({ active }) });
    const key = await createKey({ merchantId, live: false, name: "shop", scopes: ["orders:read"], createdBy: adminId });
    const link = await createLink({ merchantId, live: false, link: { slug: "harbour", title: "Tea", currency: "HKD", amount: "88.00" } });
    if (!key.ok || !link.ok) throw new Error("no key, no link");
    const [begun, open] = [await world.openOrder(), await world.openOrder()];
    const started = await startAttempt({ token: begun.token, method: "wechat.native", shopper: SHOPPER }, database);
    if (!started.ok) throw new Error(started.problem.code);

    expect(await set(false)).toBe(true);
    forgetKeys();
    const bearer = `Bearer ${key.value.secret}`;
    expect(await authenticate(database, bearer)).toMatchObject({ ok: false, code: "key_unknown" });
    expect((await activeAccounts(database, merchantId, false)).accounts).toEqual([]);
    expect((await readLink("harbour"))?.standing).toBe("retired");
    expect((await readCheckout(open.token, SHOPPER))?.offers.filter(({ available }) => available)).toEqual([]);
    const scan = { merchantId, authCode: "134567890123456789", for: SCAN, actor: adminId, clientIp: "203.0.113.1" };
    expect(await scanPay(scan)).toMatchObject({ ok: false, problem: { code: "merchant_closed" } });
    const payout = { merchantId, accountId: world.accountId, channel: "x", amountText: "1", recipient: { number: "1", name: "x" } };
    expect(await payOut({ ...payout, actor: adminId, idempotencyKey: "k" } as unknown as Parameters<typeof payOut>[0])).toMatchObject({
      ok: false,
      problem: { code: "merchant_closed" },
    });

    // Money that was under way arrives, is booked, and the shop is told.
    const [attempt] = await database.select().from(attempts).where(eq(attempts.id, started.value.attemptId));
    const payment = await paymentByAny(database, attempt?.gatewayOrderNo ?? "");
    await payPayment(database, payment?.no ?? "", { channel: "CN", shopper: "someone" }, []);
    await world.drainNotices();
    await world.drainJobs();
    expect((await readCheckout(begun.token, SHOPPER))?.view).toBe("paid");
    expect(world.hooks.some(({ body }) => body.includes(begun.id) && body.includes("order.paid"))).toBe(true);

    expect(await set(true)).toBe(true);
    forgetKeys();
    expect((await authenticate(database, bearer)).ok).toBe(true);
    expect((await readLink("harbour"))?.standing).toBe("open");
    expect((await readCheckout(open.token, SHOPPER))?.offers.some(({ available }) => available)).toBe(true);
  });
});

const SCAN = { amountText: "88.00", currency: "HKD", title: "Tea", live: false, idempotencyKey: "closed-counter-key" } as const;

describe("a merchant's settings", () => {
  it("are audited from what to what, and not at all when nothing changed", async () => {
    const { database, merchantId } = world;
    const before = (await audited(merchantId)).length;
    const save = (surplusPolicy: "review" | "refund") =>
      changeSettings({ merchantId, actor: actor(), action: "settings.policies", patch: () => ({ surplusPolicy }) });
    expect([await save("review"), await save("refund"), await save("refund")]).toEqual([true, true, true]);
    expect((await audited(merchantId)).slice(before)).toEqual([
      { action: "settings.policies", detail: '{"surplusPolicy":"review → refund"}' },
    ]);
    expect((await readSettings(database, merchantId))?.surplusPolicy).toBe("refund");
    expect(await changeSettings({ merchantId: "mer_none", actor: actor(), action: "settings.policies", patch: () => ({}) })).toBe(false);
  });

  it("keep one logo, which the checkout names; taking it away leaves none", async () => {
    const { database, merchantId } = world;
    const save = (byte: number) => saveLogo({ merchantId, actor: actor(), logo: { type: "image/png", bytes: Buffer.from([byte]) } });
    const [first, second] = [await save(1), await save(2)];
    const id = (address: string | null) => address?.split("/").at(-1) ?? "";
    expect(await readLogo(database, id(first))).toBeNull();
    expect(await readLogo(database, id(second))).toMatchObject({ type: "image/png", bytes: Buffer.from([2]) });
    const { token } = await world.openOrder();
    expect((await checkoutRow(database, token))?.merchant.brand.logoUrl).toBe(second);
    await removeLogo({ merchantId, actor: actor() });
    expect(await readLogo(database, id(second))).toBeNull();
    expect((await readSettings(database, merchantId))?.brand).toEqual({});
  });

  it("keep limits by currency, and the audit names each that changed", async () => {
    const { database, merchantId } = world;
    const limit = (currency: string, approvalAbove: bigint | null, dailyCap: bigint | null) => ({ currency, approvalAbove, dailyCap });
    const save = (...limits: ReturnType<typeof limit>[]) => saveLimits({ merchantId, actor: actor(), limits });
    await save(limit("HKD", 10_000n, null), limit("CNY", null, null));
    await save(limit("HKD", 0n, 50_000n));
    expect(await readLimits(database, merchantId)).toContainEqual(limit("HKD", 0n, 50_000n));
    expect((await audited(merchantId)).slice(-2).map(({ detail }) => JSON.parse(detail))).toEqual([
      { approval_HKD: "none → 100.00 HKD" },
      { approval_HKD: "100.00 HKD → 0.00 HKD", daily_HKD: "none → 500.00 HKD" },
    ]);
  });

  it("show the payment address's secrets and replace one at a time, never without a trace and never into it", async () => {
    const { database, merchantId } = world;
    const shown = await showDeskSecrets({ merchantId, actor: actor() });
    const rolled = await rollDeskSecret({ merchantId, actor: actor(), mode: "live" });
    expect(rolled.test).toBe(shown.test);
    expect(rolled.live).not.toBe(shown.live);
    expect(await deskSecrets(database, merchantId)).toEqual(rolled);
    const rows = (await audited(merchantId)).slice(-2);
    expect(rows).toEqual([
      { action: "settings.desk_secrets", detail: "{}" },
      { action: "settings.desk_roll", detail: '{"mode":"live"}' },
    ]);
  });
});
