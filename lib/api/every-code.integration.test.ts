import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { MONEY_CASES } from "#lib/api/code-cases-money-testing.ts";
import { REQUEST_CASES } from "#lib/api/code-cases-request-testing.ts";
import { THING_CASES } from "#lib/api/code-cases-things-testing.ts";
import type { Stage } from "#lib/api/code-stage-testing.ts";
import { codesOf } from "#lib/api/openapi.ts";
import { type ApiCode, OWN_CODES } from "#lib/api/problems.ts";
import { OPERATIONS } from "#lib/api/registry.ts";
import { client } from "#lib/api/testing.ts";
import { newId } from "#lib/domain/ids.ts";
import { env } from "#lib/env.ts";
import { fakeGateway } from "#lib/payments/fake-gateway-testing.ts";
import { testWorld } from "#lib/payments/testing.ts";
import { sealFor } from "#lib/secrets.ts";

vi.mock("#lib/gateways/registry.ts", async (original) => {
  const real = await original<typeof import("#lib/gateways/registry.ts")>();
  const fakes = await import("#lib/payments/fake-gateway-testing.ts");
  return { ...real, gatewayById: (id: string) => fakes.gatewayById(id) ?? real.gatewayById(id) };
});

/** Codes that are documented and that nothing here provokes. It may only become shorter. */
const WITHOUT: readonly ApiCode[] = [];

const CASES = { ...REQUEST_CASES, ...MONEY_CASES, ...THING_CASES };
const URLS = {
  webhook_url_scheme: "http://shop.example/hooks",
  webhook_url_port: "https://shop.example:8080/hooks",
  webhook_url_userinfo: "https://user:pass@shop.example/hooks",
  webhook_url_host: "https://10.0.0.1/hooks",
} as const;

let stage: Stage;
beforeAll(async () => {
  const world = await testWorld();
  const bank = [{ code: "ICBC", name: "ICBC" }];
  const fake = fakeGateway("fake", {
    methods: ["wechat.native", "wechat.barcode", "alipay.barcode", "unionpay.qr", "unionpay.gateway", "unionpay.quick", "bank.transfer"],
    asks: { "unionpay.gateway": ["bank"], "unionpay.quick": ["card_number"], "bank.transfer": ["payer"] },
    banks: { "unionpay.gateway": bank, "bank.transfer": bank },
    has: ["query", "refund", "queryRefund"],
    fullRefundOnly: ["unionpay"],
  });
  const fakeAccount = newId("account");
  await world.database.insert(gatewayAccounts).values({
    ...{ id: fakeAccount, merchantId: world.merchantId, gateway: "fake", title: "Fake", baseUrl: "https://gateway.example", live: false },
    ...{ credentials: sealFor("gateway_accounts.credentials", fakeAccount, "{}"), position: 9 },
  });
  stage = { world, shop: await client(world), fake, fakeAccount };
});
afterAll(() => stage.world.close());
beforeEach(async () => {
  await stage.world.database.execute(sql`update webhook_endpoints set deleted_at = now(), active = false, disabled_reason = 'person'
    where kind = 'merchant' and deleted_at is null`);
});

it("every documented code has a case, or is among those without, which may only become fewer", () => {
  const all = new Set<ApiCode>([...OWN_CODES, ...OPERATIONS.flatMap(codesOf)]);
  const cases = [...Object.keys(CASES), ...Object.keys(URLS)] as ApiCode[];
  expect([...all].filter((code) => !cases.includes(code) && !WITHOUT.includes(code))).toEqual([]);
  expect([...cases, ...WITHOUT].filter((code) => !all.has(code))).toEqual([]);
  expect(WITHOUT.filter((code) => cases.includes(code))).toEqual([]);
});

describe("a request is answered", () => {
  // The client holds each answer against its operation's document, too.
  it.each(Object.entries(CASES))("%s", async (code, provoke) => {
    const { body } = await provoke(stage);
    expect(body, JSON.stringify(body)).toMatchObject({ code });
  });

  it.each(Object.entries(URLS))("%s", async (code, url) => {
    const settings = env();
    settings.ALLOW_PRIVATE_WEBHOOKS = "0";
    const answer = await stage.shop.post("/webhook-endpoints", { url });
    settings.ALLOW_PRIVATE_WEBHOOKS = "1";
    expect(answer.body).toMatchObject({ status: 422, code, param: "url" });
  });
});
