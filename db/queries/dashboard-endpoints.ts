import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { Endpoint } from "#db/queries/endpoints.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { deliveries } from "#db/schema/webhooks.ts";

/** How an endpoint has been doing: of what happened in the last seven days, and what waits for it now. */
export interface EndpointFigures {
  acknowledged: number;
  dead: number;
  /** All that is owed, however old. */
  pending: number;
  lastAcknowledgedAt: Date | null;
}

export type EndpointRow = Endpoint & EndpointFigures;

/** The most endpoints of one kind a list shows. */
export const ENDPOINT_ROWS_MAX = 100;

const OWN = sql`from ${deliveries} where ${deliveries.endpointId} = ${webhookEndpoints.id}`;
const recent = (state: "acknowledged" | "dead"): SQL<number> =>
  sql<number>`(select count(*)::int ${OWN} and ${deliveries.createdAt} > now() - interval '7 days' and ${deliveries.state} = ${state} and ${deliveries.type} <> 'webhook.test')`;
const FIGURES = {
  acknowledged: recent("acknowledged"),
  dead: recent("dead"),
  pending: sql<number>`(select count(*)::int ${OWN} and ${deliveries.state} = 'pending')`,
  lastAcknowledgedAt: sql<
    string | null
  >`(select max(${deliveries.acknowledgedAt}) ${OWN} and ${deliveries.createdAt} > now() - interval '30 days')`,
};

/** A merchant's endpoints that are not deleted, those that were disabled first, then newest first; figures included. */
export async function listEndpoints(
  tx: Tx,
  merchantId: string,
  only: { live?: boolean | undefined; kind?: "merchant" | "order" | undefined } = {},
): Promise<EndpointRow[]> {
  const rows = await tx
    .select({ endpoint: webhookEndpoints, ...FIGURES })
    .from(webhookEndpoints)
    .where(
      and(
        eq(webhookEndpoints.merchantId, merchantId),
        sql`${webhookEndpoints.deletedAt} is null`,
        only.live === undefined ? undefined : eq(webhookEndpoints.live, only.live),
        only.kind === undefined ? undefined : eq(webhookEndpoints.kind, only.kind),
      ),
    )
    .orderBy(webhookEndpoints.active, desc(webhookEndpoints.createdAt), webhookEndpoints.id)
    .limit(ENDPOINT_ROWS_MAX);
  return rows.map(flat);
}

/** One endpoint of this merchant with its figures; another's, or a deleted one, is not found. */
export async function readEndpoint(tx: Tx, merchantId: string, id: string): Promise<EndpointRow | null> {
  const [row] = await tx
    .select({ endpoint: webhookEndpoints, ...FIGURES })
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.merchantId, merchantId), sql`${webhookEndpoints.deletedAt} is null`));
  return row ? flat(row) : null;
}

function flat({
  endpoint,
  lastAcknowledgedAt,
  ...figures
}: Omit<EndpointFigures, "lastAcknowledgedAt"> & { endpoint: Endpoint; lastAcknowledgedAt: string | null }): EndpointRow {
  return { ...endpoint, ...figures, lastAcknowledgedAt: lastAcknowledgedAt === null ? null : new Date(lastAcknowledgedAt) };
}

/** The instants at which days begin and end in a zone: `from` inclusive, `to` (the end of that day) exclusive; YYYY-MM-DD. */
export async function daySpan(
  tx: Tx,
  days: { from: string | null; to: string | null },
  timeZone: string,
): Promise<{ from: Date | null; to: Date | null }> {
  if (days.from === null && days.to === null) return { from: null, to: null };
  const { rows } = await tx.$client.query<{ from: Date | null; to: Date | null }>(
    `select $1::date::timestamp at time zone $3 as "from", ($2::date + 1)::timestamp at time zone $3 as "to"`,
    [days.from, days.to, timeZone],
  );
  return rows[0] ?? { from: null, to: null };
}
