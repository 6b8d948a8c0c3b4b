import { sql } from "drizzle-orm";
import { bundleText, type Versions } from "#app/(dashboard)/dashboard/orders/[id]/bundle/bundle.ts";
import { orderAddress, ownOrder } from "#app/(dashboard)/dashboard/orders/[id]/own-order.ts";
import { readOrderPage } from "#app/(dashboard)/dashboard/orders/[id]/read-page.ts";
import { db, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { readAllEvents } from "#db/queries/dashboard-timeline.ts";
import { currentLocale } from "#lib/action.ts";
import { knownSecrets } from "#lib/doctor/known-secrets.ts";
import { env } from "#lib/env.ts";
import { openAction } from "#lib/staff.ts";
import packageJson from "../../../../../../package.json" with { type: "json" };

/**
 * The support bundle of an order as a file. A POST, because it is audited; others are sent back to the order's page with the
 * reason. The audit row is written before anything leaves.
 */
export async function POST(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { order } = await ownOrder((await params).id);
  const opened = await openAction("orders.bundle", new FormData(), order.merchantId);
  if (!opened.ok) {
    const problem = opened.problem === "origin" ? "origin_mismatch" : "forbidden";
    return new Response(null, { status: 303, headers: { location: new URL(orderAddress(order.id, { problem }), env().PUBLIC_URL).href } });
  }
  const [data, events, secrets, versions] = await Promise.all([
    readOrderPage(order, { locale: await currentLocale(), staff: true }),
    readAllEvents(db(), order.merchantId, order.id),
    knownSecrets(db(), order.merchantId),
    readVersions(),
  ]);
  const text = bundleText({ data, events, versions, now: new Date(), secrets });
  const { actor, merchant } = opened;
  const target = { kind: "order", id: order.id };
  await inTransaction(db(), (tx) =>
    appendAudit(tx, { actor, merchantId: merchant.id, action: "orders.bundle", target, detail: { bytes: text.length } }),
  );
  return new Response(text, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="${order.id}.json"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

async function readVersions(): Promise<Versions> {
  const { rows } = await db().execute<{ postgres: string; migration: string | null }>(
    sql`select current_setting('server_version') as postgres, (select max(created_at)::text from drizzle.__drizzle_migrations) as migration`,
  );
  const [row] = rows;
  return { shouyin: packageJson.version, node: process.version, postgres: row?.postgres ?? "?", migration: row?.migration ?? "?" };
}
