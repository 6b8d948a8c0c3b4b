import { eq } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
import { type KnownTrouble, readTroubles, type SentTroubles, TROUBLES_OF_ACCOUNT } from "#db/queries/channels.ts";
import { columnsOf, rowOf } from "#db/rows.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { together } from "#db/together.ts";
import type { Routing } from "#lib/domain/routing.ts";

export type GatewayAccount = typeof gatewayAccounts.$inferSelect;

export async function accountById(tx: Tx, id: string): Promise<GatewayAccount | null> {
  const [row] = await tx.select().from(gatewayAccounts).where(eq(gatewayAccounts.id, id));
  return row ?? null;
}

/** An account and what of it failed lately. */
export interface ActiveAccount {
  account: GatewayAccount;
  troubles: KnownTrouble[];
}

const ACTIVE_ACCOUNTS = `
select ${columnsOf(gatewayAccounts, "g")}, m.routing as merchant_routing, ${TROUBLES_OF_ACCOUNT} as troubles
from gateway_accounts g join merchants m on m.id = g.merchant_id and m.active
where g.merchant_id = $1 and g.live = $2 and g.active and ($3::text is null or g.id = $3)
order by g.position, g.id`;

interface Asked {
  merchantId: string;
  live: boolean;
  onlyId: string | null;
}

export interface ActiveAccounts {
  routing: Routing;
  accounts: ActiveAccount[];
}

/** An active merchant's active accounts as it ordered them, and how it wants them tried. Test and live money never mix. `onlyId`: at most that one. */
export function activeAccounts(tx: Tx, merchantId: string, live: boolean, onlyId: string | null = null): Promise<ActiveAccounts> {
  return readTogether(tx, { merchantId, live, onlyId });
}

// Shoppers of one shop that come at the same moment are told by one read, which begins after the last of them asked.
const readTogether = together(async (tx, asked: readonly Asked[]): Promise<ActiveAccounts[]> => {
  const reads = new Map<string, Promise<ActiveAccounts>>();
  return Promise.all(
    asked.map((one) => {
      const key = JSON.stringify([one.merchantId, one.live, one.onlyId]);
      const read = reads.get(key) ?? readActive(tx, one);
      reads.set(key, read);
      return read;
    }),
  );
});

async function readActive(tx: Tx, { merchantId, live, onlyId }: Asked): Promise<ActiveAccounts> {
  type Row = Record<string, unknown> & { merchant_routing: Routing; troubles: SentTroubles };
  const rows = await prepared<Row>(tx, "active_accounts", ACTIVE_ACCOUNTS, [merchantId, live, onlyId]);
  return {
    routing: rows[0]?.merchant_routing ?? "first",
    accounts: rows.map((row) => ({ account: rowOf(gatewayAccounts, row), troubles: readTroubles(row.troubles) })),
  };
}

/** Whether a merchant was deactivated: it takes and sends no new money. One nobody knows is not closed, its things are not there. */
export async function merchantIsClosed(tx: Tx, merchantId: string): Promise<boolean> {
  const rows = await prepared(tx, "merchant_closed", "select 1 from merchants where id = $1 and not active", [merchantId]);
  return rows.length > 0;
}
