import { orderLines } from "#app/(dashboard)/dashboard/orders/export/lines.ts";
import { parseFilter } from "#app/(dashboard)/dashboard/orders/filter.ts";
import { db, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { listAccounts } from "#db/queries/dashboard-accounts.ts";
import { storableText } from "#db/storable.ts";
import { currentLocale } from "#lib/action.ts";
import { boundedForm } from "#lib/bounded-body.ts";
import { BOM } from "#lib/domain/csv.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { openAction } from "#lib/staff.ts";

/** The merchant and the filter, whose text is cut at 2,000 characters below. */
const BODY_MAX = 16 * 1024;

/**
 * All orders of a filter as a CSV file, written while it is read: a thousand rows in hand, however many there are, and nobody's
 * transaction open in between. Who takes it and what of is audited before the first byte. Who may not is sent back to the list.
 */
export async function POST(request: Request): Promise<Response> {
  const back = (path: string) => Response.redirect(new URL(path, env().PUBLIC_URL), 303);
  const form = await boundedForm(request, BODY_MAX);
  if (!form) return back("/dashboard/orders");
  const open = await openAction("orders.export", form);
  if (!open.ok) return back("/dashboard/orders");
  const { merchant, actor } = open;
  const fields = storableText(String(form.get("fields") ?? "")).slice(0, 2000);
  const accounts = await listAccounts(db(), merchant.id);
  const parsed = parseFilter(Object.fromEntries(new URLSearchParams(fields)), { accounts });
  if (parsed.problems.length > 0) return back(`/dashboard/orders?${new URLSearchParams(fields)}`);
  const entry = { actor, merchantId: merchant.id, action: "orders.export", target: null, detail: { filter: fields } } as const;
  await inTransaction(db(), (tx) => appendAudit(tx, entry));
  const lines = orderLines(db(), merchant, parsed, accounts, await currentLocale());
  return new Response(streamOf(lines), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="orders-${new Date().toISOString().slice(0, 10)}.csv"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

// Asked for as fast as the browser takes it. A file that breaks off is seen to: the connection ends in an error, not at a row.
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let first = true;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await lines.next();
        if (done) return controller.close();
        controller.enqueue(encoder.encode(first ? BOM + value : value));
        first = false;
      } catch (error) {
        log.error({ error: error instanceof Error ? error.message : "unknown" }, "orders export broke off");
        controller.error(error);
      }
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
