import { eq } from "drizzle-orm";
import type { Thing } from "#app/action-rows-testing.ts";
import { type Database, inTransaction } from "#db/client.ts";
import { insertAlertChannel } from "#db/queries/alert-channels.ts";
import { insertRequests } from "#db/queries/api-requests.ts";
import { insertSession } from "#db/queries/dashboard-sessions.ts";
import { makeMerchant, makeOrder, makeUser } from "#db/queries/dashboard-testing.ts";
import { addView } from "#db/queries/order-views.ts";
import { insertPayout } from "#db/queries/payouts.ts";
import { insertTestDelivery } from "#db/queries/replays.ts";
import { alerts } from "#db/schema/alerts.ts";
import { channelHealth } from "#db/schema/channel-health.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { notifications, refusedNotifications } from "#db/schema/notifications.ts";
import { refundRequests } from "#db/schema/refund-requests.ts";
import { createKey } from "#lib/api/keys.ts";
import { createCompatKey } from "#lib/compat/keys.ts";
import { newGatewayNumber, newId } from "#lib/domain/ids.ts";
import { allows, type MerchantRole } from "#lib/domain/permission.ts";
import type { Needs } from "#lib/domain/staff-actions.ts";
import { createLink } from "#lib/payments/create-link.ts";
import { accountAt, provisionSandbox } from "#lib/sandbox/provision.ts";
import { sealFor } from "#lib/secrets.ts";
import { writeInvitation } from "#lib/team/invitations.ts";
import { createEndpoint } from "#lib/webhooks/endpoints.ts";

/** A merchant with one of everything that a page shows or a form names; `mark` stands in whatever of it a page shows, and nowhere else. */
export type Scene = Record<Thing, string> & { merchant: string };

/** Values with each `@thing` as the scene's id of it. */
export function filledIn(values: Readonly<Record<string, string>>, things: Scene): Record<string, string> {
  const pairs = Object.entries(values).map(([name, value]) => [name, value.startsWith("@") ? things[value.slice(1) as Thing] : value]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Whether somebody may, by the tables: with a role in the merchant it is about, as a platform admin, or (null) without either. */
export function may(needs: Needs, role: MerchantRole | "platform" | null): boolean {
  if (needs === "self") return true;
  if (role === null || role === "platform") return role === "platform";
  return needs !== "platform" && allows({ platformAdmin: false, roles: { scene: role } }, "scene", needs);
}

interface Wanted {
  merchantId: string;
  name: string;
  /** Letters and digits. */
  mark: string;
  /** Where the sandbox is: its account answers, if anybody does. */
  origin: string;
}

/** Sets a merchant's scene. Its member is a viewer with a session and a view of their own. Never used by the product. */
export async function setScene(database: Database, wanted: Wanted): Promise<Scene> {
  const { merchantId, name, mark, origin } = wanted;
  const account = await makeMerchant(database, merchantId, name);
  await openAccount(database, { account, merchantId, mark, origin });
  const money = await takings(database, { merchantId, account, mark });
  const made = await developers(database, merchantId, mark);
  const told = await messages(database, { merchantId, account, mark });
  const people = await team(database, { merchantId, mark });
  return { merchant: merchantId, account, ...money, ...made, ...told, ...people };
}

type About = Pick<Wanted, "merchantId" | "mark"> & { account: string };

async function openAccount(database: Database, { account, merchantId, mark, origin }: About & { origin: string }): Promise<void> {
  const webhookSecret = sealFor("merchants.webhook_secret", merchantId, `whsec_${Buffer.alloc(32, 7).toString("base64")}`);
  await database.update(merchants).set({ webhookSecret }).where(eq(merchants.id, merchantId));
  const agent = accountAt(await provisionSandbox(database, { origin }), "hipopay-agent");
  const credentials = sealFor("gateway_accounts.credentials", account, JSON.stringify(agent.credentials));
  const { settings, baseUrl } = agent;
  await database
    .update(gatewayAccounts)
    .set({ credentials, settings, baseUrl, title: `${mark} account` })
    .where(eq(gatewayAccounts.id, account));
  const at = new Date();
  await database.insert(channelHealth).values({
    ...{ accountId: account, scope: "*", failures: 3, lastFailedAt: at, downs: 1, cause: "unreachable" },
    downUntil: new Date(at.getTime() + 3_600_000),
  });
}

/** What was paid and is to be paid: orders, a link, a refund that waits for its approval, a payout. */
async function takings(database: Database, { merchantId, account, mark }: About) {
  const flagged = { state: "paid", needsReview: true } as const;
  const { orderId: order, attemptId: attempt } = await makeOrder(database, merchantId, { reference: `${mark}-1`, ...flagged });
  const { orderId: unpaid } = await makeOrder(database, merchantId, { reference: `${mark}-2` });
  const link = await createLink({ merchantId, live: false, link: { title: `${mark} link`, currency: "HKD", amount: "88.00" } }, database);
  if (!link.ok) throw new Error(link.problem.code);
  const asker = await makeUser(database, { email: `${mark}-asks@x.example`, password: "x" });
  const request = newId("refundRequest");
  await database.insert(refundRequests).values({
    ...{ id: request, merchantId, orderId: order, attemptId: attempt, currency: "HKD", amount: 100n, reason: `${mark} request` },
    ...{ cause: "limit", requestedBy: asker, idempotencyKey: "k", expiresAt: new Date(Date.now() + 86_400_000) },
  });
  const payout = newId("payout");
  const recipient = sealFor("payouts.recipient", payout, JSON.stringify({ kind: "personal", number: "6222000011112222", name: "Mei" }));
  await inTransaction(database, (tx) =>
    insertPayout(tx, {
      ...{ id: payout, merchantId, accountId: account, channel: "none", payoutNo: newGatewayNumber(new Date()), currency: "CNY" },
      ...{ amount: 100n, state: "unknown", recipient, recipientEnding: "2222", remark: `${mark} payout`, requestedBy: asker },
      idempotencyKey: "k",
    }),
  );
  return { order, attempt, unpaid, link: link.value.id, request, payout };
}

/** What its programs have: keys, an endpoint with a delivery, a call. */
async function developers(database: Database, merchantId: string, mark: string) {
  const endpoint = await createEndpoint({ merchantId, live: false, url: `https://shop.example/${mark}` }, database);
  const keyOf = { merchantId, live: false, createdBy: "usr_x" };
  const key = await createKey({ ...keyOf, name: `${mark} key`, scopes: ["orders:read"], expiresAt: null }, database);
  const pageUrl = `https://shop.example/${mark}`;
  const compat = await createCompatKey({ ...keyOf, gateway: "xxpay", accountId: null, publicKey: "", pageUrl }, database);
  if (!endpoint.ok || !key.ok || !compat.ok) throw new Error("the scene could not be set");
  const [delivery, call] = [newId("delivery"), newId("request")];
  const endpointId = endpoint.value.endpoint.id;
  const body = JSON.stringify({ mark });
  await insertTestDelivery(database, { id: delivery, merchantId, endpointId, type: "webhook.test", body });
  const bodies = sealFor("api_requests.bodies", call, JSON.stringify({ request: null, response: body }));
  await insertRequests(database, [
    {
      ...{ id: call, merchantId, keyId: key.value.id, live: false, method: "GET", path: `/v1/orders?reference=${mark}`, status: 200 },
      ...{ operation: "orders.list", code: null, param: null, durationMs: 3, idempotencyKey: null, replayed: false },
      ...{ ip: "192.0.2.1", userAgent: "t", bodies, at: new Date() },
    },
  ]);
  return { endpoint: endpointId, key: key.value.id, compatKey: compat.key.id, delivery, call };
}

/** What was told: a message that nobody believed, an orphan, the alert that it opened, a channel. */
async function messages(database: Database, { merchantId, account, mark }: About) {
  const message = JSON.stringify({ method: "POST", query: "", headers: {}, body: Buffer.from(mark).toString("base64") });
  const receivedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
  await database.insert(refusedNotifications).values({
    ...{ accountId: account, slot: 0, merchantId, reason: "bad_signature", detail: "t", gatewayOrderNo: `${mark}refused`, receivedAt },
    raw: sealFor("refused_notifications.raw", `${account}.0`, message),
  });
  const notification = newId("notification");
  await database.insert(notifications).values({
    ...{ id: notification, merchantId, accountId: account, fingerprint: "f", gatewayOrderNo: `${mark}orphan`, verdict: "orphan" },
    ...{ fields: { mark }, raw: sealFor("notifications.raw", notification, message) },
  });
  const [alert] = await database.select().from(alerts).where(eq(alerts.merchantId, merchantId)).limit(1);
  const channel = newId("alertChannel");
  await inTransaction(database, (tx) =>
    insertAlertChannel(tx, {
      ...{ id: channel, merchantId, service: "email", name: `${mark} channel`, shown: `${mark}@x.example`, locale: "en", timeZone: "UTC" },
      target: sealFor("alert_channels.target", channel, JSON.stringify({ to: `${mark}@x.example` })),
    }),
  );
  return { refused: `${account}.0.${receivedAt.getTime()}`, notification, alert: alert?.id ?? "", channel };
}

async function team(database: Database, { merchantId, mark }: Omit<About, "account">) {
  const member = await makeUser(database, { email: `${mark}-member@x.example`, password: "x", roles: { [merchantId]: "viewer" } });
  const session = newId("session");
  const made = { id: session, userId: member, userAgent: "t", ip: "192.0.2.1", hours: 12 };
  await inTransaction(database, (tx) => insertSession(tx, made));
  const view = await addView(
    database,
    { userId: member, merchantId },
    { name: `${mark} view`, filter: { state: "paid" }, isDefault: false },
  );
  const asked = { merchantId, email: `${mark}-invited@x.example`, role: "viewer", by: { id: member } } as const;
  const invitation = await inTransaction(database, (tx) => writeInvitation(tx, asked));
  if (typeof view === "string" || !invitation) throw new Error("the scene could not be set");
  return { member, session, view: view.id, invitation: invitation.id };
}
