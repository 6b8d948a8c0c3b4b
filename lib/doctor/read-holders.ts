import type { Database } from "#db/client.ts";
import { readSigningRows } from "#db/queries/doctor.ts";
import type { Holder } from "#lib/doctor/holders.ts";
import { publicHalf } from "#lib/doctor/rsa-recovery.ts";
import { credentialsOf, unsealFor } from "#lib/secrets.ts";

type Rows = Awaited<ReturnType<typeof readSigningRows>>;

/** Everything of a merchant that signs, unsealed. Stays on the server: what is shown of a holder is its title. */
export async function readHolders(database: Database, merchantId: string): Promise<Holder[]> {
  const rows = await readSigningRows(database, merchantId);
  return [
    ...rows.accounts.flatMap(ofAccount),
    ...rows.keys.map(ofCompatKey),
    ...ofDesk(merchantId, rows.merchant),
    ...ofWebhooks(merchantId, rows),
  ];
}

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
const NUMBERS = ["agentNo", "merchantNo", "merid", "mchId", "appId"] as const;

function ofAccount(row: Rows["accounts"][number]): Holder | [] {
  const credentials = credentialsOf(row);
  if (!credentials) return [];
  const privatePem = text(credentials.privateKey);
  const ours = privatePem && publicHalf(privatePem);
  const theirs = text(credentials.gatewayPublicKey);
  return {
    ...{ id: row.id, family: row.gateway, title: row.title, live: row.live },
    numbers: NUMBERS.flatMap((name) => text(credentials[name]) ?? []),
    secret: text(credentials.key) ?? text(credentials.secret),
    signType: row.settings.signType === "RSA" ? "RSA" : "MD5",
    caller: ours && privatePem ? { publicPem: ours, privatePem } : null,
    gateway: theirs ? { publicPem: theirs, privatePem: null } : null,
  };
}

function ofCompatKey(row: Rows["keys"][number]): Holder {
  const privatePem = row.gatewayPrivateKey === null ? null : unsealFor("compat_keys.gateway_private_key", row.id, row.gatewayPrivateKey);
  return {
    ...{ id: row.id, family: row.gateway, title: `/compat/${row.gateway} · ${row.callerNo}`, live: row.live, signType: "MD5" },
    numbers: [...new Set([row.callerNo, row.merchantNo, ...(row.appId === null ? [] : [row.appId])])],
    secret: row.secret === null ? null : unsealFor("compat_keys.secret", row.id, row.secret),
    caller: row.callerPublicKey === null ? null : { publicPem: row.callerPublicKey, privatePem: null },
    gateway: row.gatewayPublicKey === null ? null : { publicPem: row.gatewayPublicKey, privatePem },
  };
}

const SHARED = { numbers: [], signType: "MD5", caller: null, gateway: null } as const;

function ofDesk(merchantId: string, merchant: Rows["merchant"]): Holder[] {
  if (!merchant?.deskSecrets) return [];
  const secrets = JSON.parse(unsealFor("merchants.desk_secrets", merchantId, merchant.deskSecrets)) as { test: string; live: string };
  return (["test", "live"] as const).map((mode) => ({
    ...{ ...SHARED, id: `desk-${mode}`, family: "desk", title: "/desk", live: mode === "live", secret: secrets[mode] },
  }));
}

function ofWebhooks(merchantId: string, { merchant, secrets }: Rows): Holder[] {
  const own = merchant
    ? [
        {
          ...{ ...SHARED, id: "webhook-orders", family: "webhook", title: "notify_url", live: null },
          secret: unsealFor("merchants.webhook_secret", merchantId, merchant.webhookSecret),
        },
      ]
    : [];
  const others = secrets.map((row) => ({
    ...{ ...SHARED, id: row.id, family: "webhook", title: row.url ?? "notify_url", live: row.live },
    secret: unsealFor("webhook_secrets.secret", row.id, row.secret),
  }));
  return [...own, ...others];
}
