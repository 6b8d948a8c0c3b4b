import { asc, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { merchants } from "#db/schema/merchants.ts";

/** A merchant as the dashboard's frame needs it. */
export interface MerchantRow {
  id: string;
  name: string;
  timeZone: string;
  locale: string;
  active: boolean;
}

/** More merchants than a switcher can show. */
const MERCHANTS_MAX = 500;

/** These merchants by name; `all` is for the platform admin only. */
export async function readMerchants(tx: Tx, ids: readonly string[] | "all"): Promise<MerchantRow[]> {
  if (ids.length === 0) return [];
  return tx
    .select({ id: merchants.id, name: merchants.name, timeZone: merchants.timeZone, locale: merchants.locale, active: merchants.active })
    .from(merchants)
    .where(ids === "all" ? undefined : inArray(merchants.id, [...ids]))
    .orderBy(asc(merchants.name), asc(merchants.id))
    .limit(MERCHANTS_MAX);
}
