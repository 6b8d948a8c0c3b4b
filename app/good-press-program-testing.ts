import { paidOrder } from "#app/good-press-money-testing.ts";
import type { GoodPress, Stage } from "#app/good-press-testing.ts";
import { inTransaction } from "#db/client.ts";
import { insertAlertChannel } from "#db/queries/alert-channels.ts";
import { alerts } from "#db/schema/alerts.ts";
import { newId } from "#lib/domain/ids.ts";
import type { StaffAction } from "#lib/domain/staff-actions.ts";
import { openMailReceiver } from "#lib/mail-testing.ts";
import { accountAt, provisionSandbox } from "#lib/sandbox/provision.ts";
import { sealFor } from "#lib/secrets.ts";

const DASH = "app/(dashboard)/dashboard";
const INSTALLATION = { of: "installation" };
const CHANNEL = { service: "email", name: "Till", "target.to": "till@x.example", which: "all", locale: "en", remindHours: "0" };
const LINK = { title: "Tea", currency: "HKD", pricing: "fixed", amount: "88.00" };

/** A channel of the installation's. */
async function installationChannel({ world }: Stage) {
  const channel = newId("alertChannel");
  const target = sealFor("alert_channels.target", channel, JSON.stringify({ to: "ops@x.example" }));
  const row = {
    id: channel,
    merchantId: null,
    service: "email",
    name: "Ops",
    shown: "ops@x.example",
    locale: "en",
    timeZone: "UTC",
  } as const;
  await inTransaction(world.database, (tx) => insertAlertChannel(tx, { ...row, target }));
  return { channel };
}

/** An alert that is open: the merchant's, or (null) the installation's own. */
async function openAlert({ world }: Stage, merchantId: string | null) {
  const alert = newId("alertMessage");
  await world.database.insert(alerts).values({ id: alert, merchantId, kind: "mismatch", subject: alert });
  return { alert };
}

/** The good presses of what is about accounts, alerts, links and a merchant's programs. */
export const PROGRAM_PRESSES = {
  "accounts.save": {
    row: `${DASH}/accounts/actions.ts#saveAccount`,
    fields: { account: "@account", title: "Renamed", position: "0", weight: "1", live: "off", active: "on" },
    ready: async ({ world, things }) => {
      const { baseUrl, credentials } = accountAt(await provisionSandbox(world.database, { origin: world.origin }), "hipopay-agent");
      await world.database.$client.query("update gateway_accounts set base_url = $2 where id = $1", [things.account, baseUrl]);
      return { baseUrl, ...Object.fromEntries(Object.entries(credentials).map(([name, value]) => [`credentials.${name}`, String(value)])) };
    },
    target: ["account", "@account"],
  },
  "accounts.test": { row: `${DASH}/accounts/actions.ts#tryAccount`, fields: { account: "@account" }, target: ["account", "@account"] },
  "accounts.move": {
    row: `${DASH}/accounts/[id]/actions.ts#move`,
    fields: { account: "@account", step: "down" },
    ready: async ({ world, things }) => {
      const below = await world.addAccount("fengniao", things.merchant);
      await world.database.$client.query("update gateway_accounts set position = 9 where id = $1", [below]);
      return {};
    },
    target: ["account", "@account"],
  },
  "accounts.resume": { row: `${DASH}/accounts/[id]/actions.ts#resume`, fields: { account: "@account" }, target: ["account", "@account"] },
  "accounts.routing": {
    row: `${DASH}/accounts/actions.ts#saveRouting`,
    fields: { routing: "weighted" },
    target: ["merchant", "@merchant"],
  },
  "audit.check": { row: `${DASH}/audit/actions.ts#checkNow`, target: null },
  "alerts.save": { row: `${DASH}/alerts/actions.ts#saveAlertChannel`, fields: CHANNEL, target: ["alert_channel", "made"] },
  "alerts.switch": {
    row: `${DASH}/alerts/actions.ts#switchAlertChannel`,
    fields: { channel: "@channel", verb: "pause" },
    target: ["alert_channel", "@channel"],
  },
  "alerts.test": {
    row: `${DASH}/alerts/actions.ts#testAlertChannel`,
    fields: { channel: "@channel" },
    target: ["alert_channel", "@channel"],
  },
  "alerts.close": {
    row: `${DASH}/alerts/actions.ts#closeOpenAlert`,
    ready: (stage) => openAlert(stage, stage.things.merchant),
    target: ["alert", "alert"],
  },
  "alerts.platform_save": {
    row: `${DASH}/alerts/actions.ts#saveAlertChannel`,
    fields: { ...CHANNEL, ...INSTALLATION },
    by: "platform",
    target: ["alert_channel", "made"],
  },
  "alerts.platform_switch": {
    row: `${DASH}/alerts/actions.ts#switchAlertChannel`,
    fields: { ...INSTALLATION, verb: "pause" },
    by: "platform",
    ready: installationChannel,
    target: ["alert_channel", "channel"],
  },
  "alerts.platform_test": {
    row: `${DASH}/alerts/actions.ts#testAlertChannel`,
    fields: INSTALLATION,
    by: "platform",
    ready: installationChannel,
    target: ["alert_channel", "channel"],
  },
  "alerts.platform_close": {
    row: `${DASH}/alerts/actions.ts#closeOpenAlert`,
    fields: INSTALLATION,
    by: "platform",
    ready: (stage) => openAlert(stage, null),
    target: ["alert", "alert"],
  },
  "alerts.mail_save": {
    row: `${DASH}/alerts/mail/actions.ts#saveMailServer`,
    fields: { sender: "cashier@x.example" },
    by: "platform",
    ready: async () => ({ url: (await openMailReceiver()).url() }),
    target: null,
  },
  "alerts.mail_remove": { row: `${DASH}/alerts/mail/actions.ts#removeMailServer`, by: "platform", target: null },
  "compat.make": {
    row: `${DASH}/developers/compat/actions.ts#makeKey`,
    fields: { gateway: "xxpay", mode: "test", account: "", page_url: "", public_key: "" },
    target: ["compat_key", "made"],
  },
  "compat.roll": {
    row: `${DASH}/developers/compat/actions.ts#rollKey`,
    fields: { key: "@compatKey" },
    target: ["compat_key", "@compatKey"],
  },
  "compat.revoke": {
    row: `${DASH}/developers/compat/actions.ts#revokeKey`,
    fields: { key: "@compatKey" },
    target: ["compat_key", "@compatKey"],
  },
  "deliveries.resend": {
    row: `${DASH}/deliveries/actions.ts#resend`,
    fields: { delivery: "@delivery", reason: "the shop lost it" },
    target: ["delivery", "@delivery"],
  },
  "deliveries.replay": {
    row: `${DASH}/deliveries/actions.ts#replay`,
    ready: (stage) => paidOrder(stage).then(() => ({})),
    target: ["replay", "made"],
  },
  "doctor.examine": { row: `${DASH}/developers/doctor/actions.ts#examineMessage`, fields: { text: "a=1&sign=2" }, target: null },
  "embed.save": {
    row: `${DASH}/developers/embed/actions.ts#saveOrigins`,
    fields: { origins: "https://shop.example" },
    target: ["merchant", "@merchant"],
  },
  "endpoints.create": {
    row: `${DASH}/developers/endpoints/actions.ts#saveEndpoint`,
    fields: { url: "https://shop.example/new", format: "standard", which: "all" },
    target: ["endpoint", "made"],
  },
  "endpoints.edit": {
    row: `${DASH}/developers/endpoints/actions.ts#saveEndpoint`,
    fields: { endpoint: "@endpoint", url: "https://shop.example/other", format: "standard", which: "all" },
    target: ["endpoint", "@endpoint"],
  },
  "endpoints.roll": {
    row: `${DASH}/developers/endpoints/actions.ts#rollSecret`,
    fields: { endpoint: "@endpoint", overlap: "0" },
    target: ["endpoint", "@endpoint"],
  },
  "endpoints.test": {
    row: `${DASH}/developers/endpoints/actions.ts#testEndpoint`,
    fields: { endpoint: "@endpoint" },
    target: ["endpoint", "@endpoint"],
  },
  "endpoints.enable": {
    row: `${DASH}/developers/endpoints/actions.ts#switchEndpoint`,
    fields: { endpoint: "@endpoint", verb: "enable" },
    ready: async ({ world, things }) => {
      await world.database.$client.query("update webhook_endpoints set active = false where id = $1", [things.endpoint]);
      return {};
    },
    target: ["endpoint", "@endpoint"],
  },
  "endpoints.disable": {
    row: `${DASH}/developers/endpoints/actions.ts#switchEndpoint`,
    fields: { endpoint: "@endpoint", verb: "disable" },
    target: ["endpoint", "@endpoint"],
  },
  "endpoints.delete": {
    row: `${DASH}/developers/endpoints/actions.ts#switchEndpoint`,
    fields: { endpoint: "@endpoint", verb: "delete" },
    target: ["endpoint", "@endpoint"],
  },
  "keys.make": {
    row: `${DASH}/developers/keys/actions.ts#makeKey`,
    fields: { name: "Till", days: "0", scope: ["orders:read"] },
    target: ["key", "made"],
  },
  "keys.roll": { row: `${DASH}/developers/keys/actions.ts#roll`, fields: { key: "@key", overlap: "24" }, target: ["key", "made"] },
  "keys.revoke": { row: `${DASH}/developers/keys/actions.ts#revoke`, fields: { key: "@key" }, target: ["key", "@key"] },
  "links.create": { row: `${DASH}/links/actions.ts#saveLink`, fields: LINK, target: ["link", "made"] },
  "links.edit": { row: `${DASH}/links/actions.ts#saveLink`, fields: { ...LINK, link: "@link" }, target: ["link", "@link"] },
  "links.retire": { row: `${DASH}/links/actions.ts#moveLink`, fields: { link: "@link", to: "retired" }, target: ["link", "@link"] },
  "links.reopen": {
    row: `${DASH}/links/actions.ts#moveLink`,
    fields: { link: "@link", to: "active" },
    ready: async ({ world, things }) => {
      await world.database.$client.query("update checkout_links set active = false where id = $1", [things.link]);
      return {};
    },
    target: ["link", "@link"],
  },
} as const satisfies Partial<Record<StaffAction, GoodPress>>;
