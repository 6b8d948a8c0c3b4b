import { eq, like, ne } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { memberships, users } from "#db/schema/users.ts";
import { resetPassword, seed } from "#db/seed.ts";
import { DEMO_MERCHANT } from "#db/seed-demo.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { passwordMatches } from "#lib/password.ts";
import { unsealFor } from "#lib/secrets.ts";

let own: TestDatabase;
const GATEWAYS = ["hipopay-agent", "hipopay-merchant", "mpgateway", "xxpay", "fengniao"];
const first = { origin: "https://pay.example.com" };

beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.close());

async function state() {
  const { database } = own;
  const [admins, shops, accounts, links, roles] = await Promise.all([
    database.select().from(users),
    database.select().from(merchants),
    database.select().from(gatewayAccounts).orderBy(gatewayAccounts.position),
    database.select().from(checkoutLinks).orderBy(checkoutLinks.slug),
    database.select().from(memberships),
  ]);
  return {
    admins,
    shops,
    accounts: accounts.map(({ credentials, ...account }) => ({
      ...account,
      credentials: JSON.parse(unsealFor("gateway_accounts.credentials", account.id, credentials)),
    })),
    links,
    roles,
  };
}

describe("the first start's data", () => {
  test("three processes that seed at once make one admin, whose password only one of them knows", async () => {
    const made = await Promise.all([seed(own.database, first), seed(own.database, first), seed(own.database, first)]);
    const admins = made.flatMap(({ admin }) => admin ?? []);
    expect(admins).toHaveLength(1);
    const { admins: rows, roles } = await state();
    expect(rows).toMatchObject([{ email: "admin@localhost", platformAdmin: true, mustChangePassword: true }]);
    expect(await passwordMatches(admins[0]?.password ?? "", rows[0]?.passwordHash ?? null)).toBe(true);
    expect(roles).toMatchObject([{ userId: rows[0]?.id, merchantId: DEMO_MERCHANT, role: "owner" }]);
  });

  test("a second start changes nothing and makes nobody an admin", async () => {
    const before = await state();
    expect(await seed(own.database, first)).toEqual({ admin: null });
    expect(await state()).toEqual(before);
  });

  test("a start at another address moves every address there and keeps what an admin changed", async () => {
    await own.database.update(checkoutLinks).set({ title: "Mine" }).where(eq(checkoutLinks.slug, "demo"));
    const before = await state();
    await seed(own.database, { origin: "http://localhost:4000" });
    const { accounts, links } = await state();
    expect(accounts.map(({ id, gateway, live, active }) => ({ id, gateway, live, active }))).toEqual(
      GATEWAYS.map((gateway) => ({ id: `acc_demo_${gateway.replaceAll("-", "_")}`, gateway, live: false, active: true })),
    );
    for (const account of accounts) {
      expect(account.baseUrl).toMatch(/^http:\/\/localhost:4000\/sandbox\/gateway\//);
      const { credentials, settings } = gatewayById(account.gateway) ?? {};
      expect(credentials?.safeParse(account.credentials).success, account.gateway).toBe(true);
      expect(settings?.safeParse(account.settings).success, account.gateway).toBe(true);
      for (const [name, value] of Object.entries(account.settings))
        if (name.endsWith("Url")) expect(value, name).toMatch(/^http:\/\/localhost:4000\/sandbox\//);
    }
    expect(accounts.map(({ credentials }) => credentials)).toEqual(before.accounts.map(({ credentials }) => credentials));
    const notifyUrl = "http://localhost:4000/sandbox/shop/webhook";
    const free = ["demo", "demo-any", "demo-cny"].map((slug) => ({ slug, notifyUrl, mine: slug === "demo", accountId: null }));
    const others = GATEWAYS.slice(1).map((gateway) => ({
      slug: `demo-${gateway}`,
      notifyUrl,
      mine: false,
      accountId: `acc_demo_${gateway.replaceAll("-", "_")}`,
    }));
    const shown = links.map(({ slug, notifyUrl, title, accountId }) => ({ slug, notifyUrl, mine: title === "Mine", accountId }));
    expect(shown).toEqual([...free, ...others].sort((a, b) => (a.slug < b.slug ? -1 : 1)));
  });

  test("an installation of an earlier version gets the accounts it lacks, and keeps the one it has as it is", async () => {
    await own.database.delete(checkoutLinks).where(like(checkoutLinks.slug, "demo-%"));
    await own.database.delete(gatewayAccounts).where(ne(gatewayAccounts.gateway, "hipopay-agent"));
    await own.database.update(gatewayAccounts).set({ title: "Mine", active: false });
    const [before] = (await state()).accounts;
    await seed(own.database, { origin: "http://localhost:4000" });
    const { accounts } = await state();
    expect(accounts.map(({ gateway }) => gateway)).toEqual(GATEWAYS);
    expect(accounts[0]).toEqual(before);
  });

  test("the webhook secret is a Standard Webhooks secret of 256 bits, sealed", async () => {
    const { shops } = await state();
    expect(shops[0]?.webhookSecret).not.toContain("whsec_");
    const secret = unsealFor("merchants.webhook_secret", DEMO_MERCHANT, shops[0]?.webhookSecret ?? "");
    expect(secret).toMatch(/^whsec_/);
    expect(Buffer.from(secret.slice("whsec_".length), "base64")).toHaveLength(32);
  });

  test("a reset gives a one-time password, whatever the case of the e-mail, and nothing to a stranger", async () => {
    expect(await resetPassword(own.database, "nobody@localhost", { twoStepOff: true })).toBeNull();
    const reset = await resetPassword(own.database, "Admin@LOCALHOST", { twoStepOff: false });
    const { admins } = await state();
    expect(await passwordMatches(reset?.password ?? "", admins[0]?.passwordHash ?? null)).toBe(true);
    expect(admins[0]?.mustChangePassword).toBe(true);
  });
});
