import { createHash, createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attempts } from "#db/schema/attempts.ts";
import { exchanges } from "#db/schema/exchanges.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { notifications, refusedNotifications } from "#db/schema/notifications.ts";
import { deliveries } from "#db/schema/webhooks.ts";
import { examine } from "#lib/doctor/examine.ts";
import { type Logged, readLogged } from "#lib/doctor/read-log.ts";
import { viewOf } from "#lib/doctor/view.ts";
import { deskSecrets } from "#lib/payments/desk-secret.ts";
import { receiveNotification } from "#lib/payments/receive-notification.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { unsealFor } from "#lib/secrets.ts";
import { createEndpoint } from "#lib/webhooks/endpoints.ts";
import { sendTestEvent } from "#lib/webhooks/resend.ts";

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const GATEWAYS = ["hipopay-agent", "hipopay-merchant", "mpgateway", "xxpay", "fengniao"] as const;

/** The doctor's words about a text of the merchant's. */
async function told(text: string, holderId: string | null = null) {
  const examined = await examine(world.database, world.merchantId, { text, holderId, at: new Date() });
  if (!examined.ok) return { problem: examined.problem };
  const { verdict, explanations } = examined.value.diagnosis;
  return {
    verdict,
    causes: explanations[0]?.causes.map(({ id }) => id) ?? [],
    view: viewOf(examined.value),
    holder: examined.value.holder,
  };
}

async function logged(kind: Logged, id: string) {
  const message = await readLogged(world.database, world.merchantId, kind, id);
  if (!message) throw new Error(`${kind} ${id} is not in the log`);
  return message;
}

/** Everything secret an account has. */
async function secretsOf(accountId: string): Promise<string[]> {
  const [row] = await world.database.select().from(gatewayAccounts).where(eq(gatewayAccounts.id, accountId));
  const credentials = JSON.parse(unsealFor("gateway_accounts.credentials", accountId, row?.credentials ?? "")) as Record<string, string>;
  return ["key", "secret", "privateKey"].flatMap((name) => credentials[name] || []);
}

describe.each(GATEWAYS)("what %s and we really said to each other", (gateway) => {
  let accountId: string;
  beforeAll(async () => {
    accountId = gateway === "hipopay-agent" ? world.accountId : await world.addAccount(gateway);
    const currency = gateway.startsWith("hipopay") ? "HKD" : "CNY";
    const order = await world.openOrder(8800n, { amount: { minor: 8800n, currency }, accountId });
    const started = await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
    if (!started.ok) throw new Error(JSON.stringify(started.problem));
    const [attempt] = await world.database.select().from(attempts).where(eq(attempts.id, started.value.attemptId));
    const payment = await paymentByAny(world.database, attempt?.gatewayOrderNo ?? "");
    await payPayment(world.database, payment?.no ?? "", { channel: "CN", shopper: "someone" }, []);
    await world.drainNotices();
    await world.drainJobs();
  });

  it("its notification, picked from the log, is right; changed on the way it is not, and no key is shown", async () => {
    const [row] = await world.database.select().from(notifications).where(eq(notifications.accountId, accountId));
    const { text, holderId } = await logged("notification", row?.id ?? "");
    const right = await told(text, holderId);
    expect(right).toMatchObject({ verdict: "right", holder: { id: accountId } });
    expect(await told(text)).toMatchObject({ verdict: "right", holder: { family: gateway } });
    const changed = await told(
      text.replace(/\d(?=[^\n]*$)/, (digit) => String((Number(digit) + 1) % 10)),
      holderId,
    );
    expect(changed.verdict).not.toBe("right");
    const secrets = await secretsOf(accountId);
    expect(secrets.length).toBeGreaterThan(0);
    for (const secret of secrets) expect(JSON.stringify([right, changed].map(({ view }) => view))).not.toContain(secret);
  });

  it("our own call, picked from the log, is right", async () => {
    const rows = await world.database.select().from(exchanges).where(eq(exchanges.accountId, accountId)).orderBy(exchanges.startedAt);
    const { text, holderId } = await logged("exchange", rows[0]?.id ?? "");
    const { view } = await told(text, holderId);
    // Personal data is masked in the log: what was signed over it cannot be told any more, and the page says so.
    expect(view?.verdict).toBe(text.includes("***") ? "masked" : "right");
  });
});

describe("a refused notification", () => {
  it("says why it was refused: a line end behind the key", async () => {
    const [account] = await world.database.select().from(gatewayAccounts).where(eq(gatewayAccounts.gateway, "xxpay"));
    const id = account?.id ?? "";
    const [key = ""] = await secretsOf(id);
    const fields = "amount=8800&mchId=20001222&mchOrderNo=S1&payOrderId=P1&status=2";
    const sign = createHash("md5").update(`${fields}&key=${key}\n`).digest("hex").toUpperCase();
    const message = { method: "POST", query: "", headers: {}, body: Buffer.from(`${fields}&sign=${sign}`) };
    expect(await receiveNotification(world.database, id, "xxpay", message)).toEqual({ answer: "refused" });
    const [row] = await world.database.select().from(refusedNotifications).where(eq(refusedNotifications.accountId, id));
    const { text, holderId } = await logged("refused", `${id}.${row?.slot}`);
    expect(await told(text, holderId)).toMatchObject({ verdict: "explained", causes: ["key_blank"] });
  });

  it("another merchant's log, an unknown entry and nonsense are not found", async () => {
    const [row] = await world.database.select().from(notifications);
    const refused = (await world.database.select().from(refusedNotifications))[0];
    const of = (kind: Logged, id: string, merchantId = world.merchantId) => readLogged(world.database, merchantId, kind, id);
    expect(await of("notification", row?.id ?? "", "mer_other")).toBeNull();
    expect(await of("refused", `${refused?.accountId}.${refused?.slot}`, "mer_other")).toBeNull();
    for (const id of ["ntf_unknown", "", "../x", "a.b.c", `${refused?.accountId}.99`]) {
      expect(await of("notification", id)).toBeNull();
      expect(await of("refused", id)).toBeNull();
      expect(await of("exchange", id)).toBeNull();
      expect(await of("delivery", id)).toBeNull();
    }
  });
});

describe("our own messages", () => {
  it("a webhook as the shop got it is right; parsed and written again it is explained by the bytes that were sent", async () => {
    const hook = world.hooks.find(({ headers }) => headers["webhook-signature"]);
    const pasted = (body: string) =>
      `POST /hook HTTP/1.1\n${Object.entries(hook?.headers ?? {})
        .map(([name, value]) => `${name}: ${value}`)
        .join("\n")}\n\n${body}`;
    expect(await told(pasted(hook?.body ?? ""))).toMatchObject({ verdict: "right" });
    const body = JSON.parse(hook?.body ?? "{}") as Record<string, unknown>;
    const shuffled = JSON.stringify(Object.fromEntries(Object.entries(body).reverse()));
    expect(await told(pasted(shuffled))).toMatchObject({ verdict: "explained", causes: ["json_rewritten"] });
    expect(await told((await logged("delivery", hook?.headers["webhook-id"] ?? "")).text)).toMatchObject({ verdict: "right" });
  });

  it("a webhook to an endpoint of its own is shown as that endpoint's secret signs it", async () => {
    const made = await createEndpoint({ merchantId: world.merchantId, live: false, url: `${world.origin}/own` }, world.database);
    if (!made.ok) throw new Error(made.problem.code);
    const { endpoint, secret } = made.value;
    await sendTestEvent({ merchantId: world.merchantId, endpointId: endpoint.id }, world.database);
    const [row] = await world.database.select().from(deliveries).where(eq(deliveries.endpointId, endpoint.id));
    const { text } = await logged("delivery", row?.id ?? "");
    const headers = Object.fromEntries([...text.matchAll(/^(webhook-[a-z]+): (.*)$/gm)].map(([, name, value]) => [name, value]));
    expect(new Webhook(secret).verify(row?.body ?? "", headers as Record<string, string>)).toMatchObject({ type: "webhook.test" });
  });

  it("a cashier's address signed with the live secret is told apart from a test one", async () => {
    const { test, live } = await deskSecrets(world.database, world.merchantId);
    const query = `amount=88.5&currency=HKD&merchant_no=${world.merchantId}`;
    const address = (secret: string) =>
      `https://pay.example/desk?${query}&sign=${createHmac("sha256", secret).update(query).digest("hex")}`;
    expect(await told(address(test), "desk-test")).toMatchObject({ verdict: "right" });
    expect(await told(address(live), "desk-test")).toMatchObject({ verdict: "explained", causes: ["key_other_mode"] });
    expect(await told(address(live))).toMatchObject({ verdict: "right", holder: { id: "desk-live" } });
    const changed = await told(address(live).replace("88.5", "88.50"));
    expect(changed).toMatchObject({ verdict: "explained", causes: ["number_format"], holder: { id: "desk-live" } });
  });

  it("a message of another gateway than the account chosen is named as such", async () => {
    const [row] = await world.database.select().from(notifications).where(eq(notifications.verdict, "queried"));
    const [account] = await world.database
      .select()
      .from(gatewayAccounts)
      .where(eq(gatewayAccounts.id, row?.accountId ?? ""));
    const { text } = await logged("notification", row?.id ?? "");
    const other = GATEWAYS.find((one) => one !== account?.gateway && !one.startsWith("hipopay")) ?? "";
    const [wrong] = await world.database.select().from(gatewayAccounts).where(eq(gatewayAccounts.gateway, other));
    const { causes, view } = await told(text, wrong?.id ?? null);
    expect([causes, view?.causes[0]?.form]).toEqual([["wrong_gateway"], account?.gateway]);
  });

  it("what cannot be examined is said: nothing, too much, no message, an account that is gone", async () => {
    expect(await told("  ")).toEqual({ problem: "empty" });
    expect(await told("a=1&".repeat(20_000))).toEqual({ problem: "too_long" });
    expect(await told("hello")).toEqual({ problem: "unreadable" });
    expect(await told("a=1&sign=2", "acc_gone")).toEqual({ problem: "holder_gone" });
  });
});

describe("whoever may ask the doctor", () => {
  it.each(["xxpay", "fengniao", "mpgateway", "hipopay-agent"])(
    "cannot have a call to %s signed: the key that sends refunds and payouts signs nothing nobody has signed",
    async (gateway) => {
      const [account] = await world.database.select().from(gatewayAccounts).where(eq(gatewayAccounts.gateway, gateway));
      const transfer = "amount=100000&mchId=20001222&mchTransNo=T1&accountNo=6222&accountName=me";
      const unsigned = gateway === "mpgateway" ? `req=${Buffer.from('{"action":"pay"}').toString("base64")}` : transfer;
      const call =
        gateway === "hipopay-agent"
          ? (sign: string) => `POST /refund HTTP/1.1\nAgentNo: 1\nTimestamp: ${Date.now()}\nSignature: ${sign}\n\n${transfer}`
          : (sign: string) => `${unsigned}&sign=${sign}`;
      for (const sign of ["", "00112233445566778899AABBCCDDEEFF"]) {
        const examined = await told(call(sign), account?.id ?? "");
        expect(examined.verdict ?? examined.problem).not.toBe("right");
        expect(examined.view?.expected ?? null).toBeNull();
      }
    },
  );
});
