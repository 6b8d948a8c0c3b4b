import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import {
  countOwnEndpoints,
  type Endpoint,
  insertEndpoint,
  lockEndpoint,
  removeEndpoint,
  startEndpoint,
  stopEndpoint,
  updateEndpoint,
} from "#db/queries/endpoints.ts";
import { storableText } from "#db/storable.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { newId } from "#lib/domain/ids.ts";
import { type EndpointValues, type EndpointView, endpointProblem, viewOfEndpoint } from "#lib/webhooks/endpoint-fields.ts";
import type { NoticeFormatId } from "#lib/webhooks/format.ts";
import { giveSecret, OVERLAP_MAX_SECONDS, rollMerchantSecret, rollOwnSecret } from "#lib/webhooks/secrets.ts";

/** Endpoints of a merchant's own in one mode. */
export const ENDPOINTS_MAX = 16;

/** An endpoint of this merchant: another's is not found. `live`, where given, must be its mode (API keys). */
export interface WhichEndpoint {
  merchantId: string;
  endpointId: string;
  live?: boolean | undefined;
}

export interface CreateEndpoint {
  merchantId: string;
  live: boolean;
  url: string;
  description?: string | undefined;
  /** Null or absent: the common types (COMMON_TYPES). */
  eventTypes?: string[] | null | undefined;
  format?: NoticeFormatId | undefined;
  /** Of its secret, for whoever may have to tell it again (`untoldSecret`). */
  secretId?: string | undefined;
}

/** Makes an endpoint of the merchant's own. Its secret is in the answer and nowhere else in clear. */
export async function createEndpoint(
  input: CreateEndpoint,
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<{ endpoint: EndpointView; secret: string }>> {
  const { merchantId, live } = input;
  const values = valuesOf({ url: "", description: "", eventTypes: null, format: "standard" }, input);
  const problem = endpointProblem(values);
  if (problem) return { ok: false, problem };
  return inTransaction(database, async (tx): Promise<Result<{ endpoint: EndpointView; secret: string }>> => {
    if ((await countOwnEndpoints(tx, merchantId, live)) >= ENDPOINTS_MAX)
      return fail("endpoint_limit", null, { max: String(ENDPOINTS_MAX) });
    const row = await insertEndpoint(tx, { id: newId("endpoint"), merchantId, kind: "merchant", live, ...values });
    const secret = await giveSecret(tx, merchantId, row.id, input.secretId);
    await also(tx, row.id);
    return { ok: true, value: { endpoint: viewOfEndpoint(row), secret } };
  });
}

/**
 * Changes an endpoint of the merchant's own. What it is owed already goes to the new address in the old format: a delivery's
 * bytes never change. An order's notify_url is the order's to say: of it only the description can be changed.
 */
export async function editEndpoint(
  input: WhichEndpoint & Partial<EndpointValues>,
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<EndpointView>> {
  return withEndpoint(database, input, also, async (tx, row) => {
    const before = viewOfEndpoint(row);
    const values = valuesOf(before, row.kind === "merchant" ? input : { description: input.description });
    const problem = endpointProblem(values);
    if (problem) return { ok: false, problem };
    return { ok: true, value: viewOfEndpoint(await updateEndpoint(tx, row.id, values)) };
  });
}

/**
 * Gives an endpoint a new secret; the old one signs beside it for `overlapSeconds` (a day when absent, at most 7). Of an
 * order's notify_url it is the merchant's secret, for all of these.
 */
export async function rollEndpointSecret(
  input: WhichEndpoint & { overlapSeconds?: number | undefined; secretId?: string | undefined },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<{ secret: string }>> {
  const seconds = input.overlapSeconds ?? 86_400;
  const sane = Number.isInteger(seconds) && seconds >= 0 && seconds <= OVERLAP_MAX_SECONDS;
  if (!sane) return fail("overlap_invalid", "overlap", { max: String(OVERLAP_MAX_SECONDS / 3600) });
  return withEndpoint(database, input, also, async (tx, row) => {
    const rolled =
      row.kind === "merchant"
        ? await rollOwnSecret(tx, row.merchantId, row.id, seconds, input.secretId)
        : await rollMerchantSecret(tx, row.merchantId, seconds);
    return rolled.ok ? { ok: true, value: { secret: rolled.value } } : rolled;
  });
}

/** Stops sending to an endpoint. What it is owed, and what happens meanwhile, waits for it. */
export async function disableEndpoint(input: WhichEndpoint, database: Database = db(), also: Also = nothingAlong): Promise<Result<void>> {
  return withEndpoint(database, input, also, async (tx, row) => {
    await stopEndpoint(tx, row.id, "person");
    return { ok: true, value: undefined };
  });
}

/** Sends to an endpoint again, whyever it was stopped, beginning with all that waits for it, in order. */
export async function enableEndpoint(input: WhichEndpoint, database: Database = db(), also: Also = nothingAlong): Promise<Result<void>> {
  return withEndpoint(database, input, also, async (tx, row) => {
    if (!row.active) await startEndpoint(tx, row.id);
    return { ok: true, value: undefined };
  });
}

/** Takes an endpoint of the merchant's own away; its history stays. An order's notify_url can only be disabled. */
export async function deleteEndpoint(input: WhichEndpoint, database: Database = db(), also: Also = nothingAlong): Promise<Result<void>> {
  return withEndpoint(database, input, also, async (tx, row) => {
    if (row.kind !== "merchant") return fail("endpoint_not_found", "endpoint");
    await removeEndpoint(tx, row.id);
    return { ok: true, value: undefined };
  });
}

async function withEndpoint<T>(
  database: Database,
  { merchantId, endpointId, live }: WhichEndpoint,
  also: Also,
  work: (tx: Tx, row: Endpoint) => Promise<Result<T>>,
): Promise<Result<T>> {
  return inTransaction(database, async (tx): Promise<Result<T>> => {
    const row = await lockEndpoint(tx, merchantId, endpointId);
    const foreign = live !== undefined && row?.live !== live;
    if (!row || foreign) return fail("endpoint_not_found", "endpoint");
    const done = await work(tx, row);
    if (done.ok) await also(tx, row.id);
    return done;
  });
}

/** What was said, and for the rest what was. */
function valuesOf(before: EndpointValues, said: { [K in keyof EndpointValues]?: EndpointValues[K] | undefined }): EndpointValues {
  return {
    url: (said.url ?? before.url).trim(),
    description: storableText((said.description ?? before.description).trim()),
    eventTypes: said.eventTypes === undefined ? before.eventTypes : said.eventTypes && [...new Set(said.eventTypes)],
    format: said.format ?? before.format,
  };
}
