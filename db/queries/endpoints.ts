import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
import { type DisabledReason, webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { webhookSecrets } from "#db/schema/webhook-secrets.ts";
import { deliveries } from "#db/schema/webhooks.ts";

export type Endpoint = typeof webhookEndpoints.$inferSelect;
export type WebhookSecret = typeof webhookSecrets.$inferSelect;

/** An endpoint of this merchant that is not deleted; another's is not found. */
export async function endpointOf(tx: Tx, merchantId: string, id: string): Promise<Endpoint | null> {
  const [row] = await tx.select().from(webhookEndpoints).where(own(merchantId, id));
  return row ?? null;
}

/** The same, under its row lock. */
export async function lockEndpoint(tx: Tx, merchantId: string, id: string): Promise<Endpoint | null> {
  const [row] = await tx.select().from(webhookEndpoints).where(own(merchantId, id)).for("no key update");
  return row ?? null;
}

function own(merchantId: string, id: string) {
  return and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.merchantId, merchantId), sql`${webhookEndpoints.deletedAt} is null`);
}

/** How many a merchant has set up in one mode. Holds the merchant's row, so that two at once cannot pass the limit. */
export async function countOwnEndpoints(tx: Tx, merchantId: string, live: boolean): Promise<number> {
  await tx.execute(sql`select 1 from merchants where id = ${merchantId} for no key update`);
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(webhookEndpoints)
    .where(
      and(
        eq(webhookEndpoints.merchantId, merchantId),
        eq(webhookEndpoints.kind, "merchant"),
        eq(webhookEndpoints.live, live),
        sql`${webhookEndpoints.deletedAt} is null`,
      ),
    );
  return row?.count ?? 0;
}

export async function insertEndpoint(tx: Tx, endpoint: typeof webhookEndpoints.$inferInsert): Promise<Endpoint> {
  const [row] = await tx.insert(webhookEndpoints).values(endpoint).returning();
  if (!row) throw new Error("endpoint: not written");
  return row;
}

type Changes = Partial<Pick<Endpoint, "url" | "description" | "eventTypes" | "format">>;

export async function updateEndpoint(tx: Tx, id: string, changes: Changes): Promise<Endpoint> {
  const [row] = await tx
    .update(webhookEndpoints)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(webhookEndpoints.id, id))
    .returning();
  if (!row) throw new Error(`endpoint ${id} vanished`);
  return row;
}

/** Stops sending to an endpoint; what is owed waits. */
export async function stopEndpoint(tx: Tx, id: string, reason: DisabledReason): Promise<void> {
  await tx
    .update(webhookEndpoints)
    .set({ active: false, disabledReason: reason, disabledAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.active, true)));
}

/** Sends again, beginning at once with whatever waits. Its time of failing counts from its next failure. */
export async function startEndpoint(tx: Tx, id: string): Promise<void> {
  await tx
    .update(webhookEndpoints)
    .set({
      active: true,
      disabledReason: null,
      disabledAt: null,
      failingSince: null,
      failedTries: 0,
      lastFailedAt: null,
      updatedAt: sql`now()`,
    })
    .where(eq(webhookEndpoints.id, id));
  await tx.update(deliveries).set({ nextTryAt: sql`now()`, leaseUntil: null }).where(owedTo(id));
}

/** Takes an endpoint away. What it was sent stays to be seen; what it is still owed is given up. */
export async function removeEndpoint(tx: Tx, id: string): Promise<void> {
  await tx
    .update(webhookEndpoints)
    .set({ active: false, deletedAt: sql`now()`, disabledReason: "person", disabledAt: sql`now()`, updatedAt: sql`now()` })
    .where(eq(webhookEndpoints.id, id));
  await tx.update(deliveries).set({ state: "dead" }).where(owedTo(id));
}

/** What waits for an endpoint, but for tries that are being written down at this moment: those lock their row before the endpoint's. */
function owedTo(endpointId: string) {
  return sql`${deliveries.id} in (select id from deliveries where endpoint_id = ${endpointId} and state = 'pending' for update skip locked)`;
}

/** The secrets that sign for an endpoint (or, `endpointId` null, the merchant's former ones) now, newest first. */
export async function validSecrets(tx: Tx, merchantId: string, endpointId: string | null): Promise<WebhookSecret[]> {
  return tx
    .select()
    .from(webhookSecrets)
    .where(
      and(
        eq(webhookSecrets.merchantId, merchantId),
        endpointId === null ? isNull(webhookSecrets.endpointId) : eq(webhookSecrets.endpointId, endpointId),
        sql`(${webhookSecrets.expiresAt} is null or ${webhookSecrets.expiresAt} > now())`,
      ),
    )
    .orderBy(desc(webhookSecrets.createdAt), webhookSecrets.id);
}

/** One secret of this merchant's, whether it still signs or not. */
export async function secretOf(tx: Tx, merchantId: string, id: string): Promise<WebhookSecret | null> {
  const [row] = await tx
    .select()
    .from(webhookSecrets)
    .where(and(eq(webhookSecrets.id, id), eq(webhookSecrets.merchantId, merchantId)));
  return row ?? null;
}

export async function insertSecret(tx: Tx, secret: typeof webhookSecrets.$inferInsert): Promise<void> {
  await tx.insert(webhookSecrets).values(secret);
}

/** Ends the secrets that sign now: in `seconds`, or earlier where that was said before. */
export async function expireSecrets(tx: Tx, merchantId: string, endpointId: string | null, seconds: number): Promise<void> {
  await prepared(
    tx,
    "expire_secrets",
    `update webhook_secrets set expires_at = least(coalesce(expires_at, 'infinity'), now() + make_interval(secs => $3::float8))
     where merchant_id = $1 and endpoint_id is not distinct from $2 and (expires_at is null or expires_at > now())`,
    [merchantId, endpointId, seconds],
  );
}
