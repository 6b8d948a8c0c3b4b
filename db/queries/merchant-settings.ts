import { and, asc, count, eq, gt, ilike, ne, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { merchantLogos } from "#db/schema/merchant-logos.ts";
import { merchants } from "#db/schema/merchants.ts";
import { memberships } from "#db/schema/users.ts";
import type { LogoType } from "#lib/domain/logo.ts";

const SETTINGS = {
  id: merchants.id,
  name: merchants.name,
  locale: merchants.locale,
  timeZone: merchants.timeZone,
  brand: merchants.brand,
  latePolicy: merchants.latePolicy,
  surplusPolicy: merchants.surplusPolicy,
  requireTotp: merchants.requireTotp,
  deskUnsigned: merchants.deskUnsigned,
  active: merchants.active,
};

/** What a merchant's settings say; no secret among them. */
export type MerchantSettings = Awaited<ReturnType<typeof readAll>>[number];

function readAll(tx: Tx, id: string) {
  return tx.select(SETTINGS).from(merchants).where(eq(merchants.id, id));
}

export async function readSettings(tx: Tx, merchantId: string): Promise<MerchantSettings | null> {
  const [row] = await readAll(tx, merchantId);
  return row ?? null;
}

/** The same, held until the commit; no payment waits for this lock. */
export async function lockSettings(tx: Tx, merchantId: string): Promise<MerchantSettings | null> {
  const [row] = await tx.select(SETTINGS).from(merchants).where(eq(merchants.id, merchantId)).for("no key update");
  return row ?? null;
}

export async function updateSettings(tx: Tx, merchantId: string, patch: Partial<Omit<MerchantSettings, "id">>): Promise<void> {
  await tx.update(merchants).set(patch).where(eq(merchants.id, merchantId));
}

/** Whether the database knows a zone's rules: it counts merchants' days, and its list may be older than ours. */
export async function knowsZone(tx: Tx, timeZone: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`select 1 from pg_timezone_names where name = ${timeZone}`);
  return rows.length > 0;
}

export async function insertMerchant(tx: Tx, row: typeof merchants.$inferInsert): Promise<void> {
  await tx.insert(merchants).values(row);
}

/** Keeps a logo and forgets the merchant's earlier ones: pages name the new one from now on. */
export async function insertLogo(tx: Tx, row: { id: string; merchantId: string; type: LogoType; bytes: Buffer }): Promise<void> {
  await tx.insert(merchantLogos).values(row);
  await tx.delete(merchantLogos).where(and(eq(merchantLogos.merchantId, row.merchantId), ne(merchantLogos.id, row.id)));
}

export async function deleteLogos(tx: Tx, merchantId: string): Promise<void> {
  await tx.delete(merchantLogos).where(eq(merchantLogos.merchantId, merchantId));
}

export async function readLogo(tx: Tx, id: string): Promise<{ type: LogoType; bytes: Buffer } | null> {
  const [row] = await tx
    .select({ type: merchantLogos.type, bytes: merchantLogos.bytes })
    .from(merchantLogos)
    .where(eq(merchantLogos.id, id));
  return row ?? null;
}

/** A merchant as the platform's list shows it. */
export interface ListedMerchant {
  id: string;
  name: string;
  locale: string;
  timeZone: string;
  active: boolean;
  createdAt: Date;
  members: number;
  owners: number;
  /** Since midnight in the merchant's own zone; minor units. Test money is left out. */
  today: { currency: string; count: number; amount: bigint }[];
}

/** Merchants on one page of the platform's list. */
export const MERCHANTS_PAGE = 50;

/** Merchants by name, from after `after` (name and id), at most MERCHANTS_PAGE and one more; `name` narrows by a part of it. */
export async function listMerchants(
  tx: Tx,
  { name, after }: { name: string | null; after: { name: string; id: string } | null },
): Promise<ListedMerchant[]> {
  const today = sql<{ currency: string; count: number; amount: string }[]>`(select coalesce(json_agg(t order by t.currency), '[]') from (
    select o.currency, count(*)::int as count, sum(o.amount)::text as amount from order_events e
    join orders o on o.id = e.order_id and o.live
    where e.merchant_id = ${merchants.id} and e.type in ('order.paid', 'order.paid_late')
      and e.at >= date_trunc('day', now() at time zone ${merchants.timeZone}) at time zone ${merchants.timeZone}
    group by o.currency) t)`;
  const pattern = name && `%${name.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const rows = await tx
    .select({
      id: merchants.id,
      name: merchants.name,
      locale: merchants.locale,
      timeZone: merchants.timeZone,
      active: merchants.active,
      createdAt: merchants.createdAt,
      members: sql<number>`(${tx.select({ n: count() }).from(memberships).where(eq(memberships.merchantId, merchants.id))})`.mapWith(
        Number,
      ),
      owners: sql<number>`(${tx
        .select({ n: count() })
        .from(memberships)
        .where(and(eq(memberships.merchantId, merchants.id), eq(memberships.role, "owner")))})`.mapWith(Number),
      today,
    })
    .from(merchants)
    .where(
      and(
        pattern ? ilike(merchants.name, pattern) : undefined,
        after ? gt(sql`(${merchants.name}, ${merchants.id})`, sql`(${after.name}, ${after.id})`) : undefined,
      ),
    )
    .orderBy(asc(merchants.name), asc(merchants.id))
    .limit(MERCHANTS_PAGE + 1);
  return rows.map((row) => ({ ...row, today: row.today.map((one) => ({ ...one, amount: BigInt(one.amount) })) }));
}
