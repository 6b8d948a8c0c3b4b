import { prepared, type Tx } from "#db/client.ts";
import type { Payout } from "#db/queries/payouts.ts";

/** An event of a payout to be told. */
export interface PayoutTold {
  id: string;
  sequence: number;
  type: string;
  body: string;
  /** Told to endpoints that name no types. */
  common: boolean;
}

/** Owes events of a payout to every endpoint of the merchant's own in its mode that wants them; gives these endpoints. */
export async function oweWebhooks(tx: Tx, payout: Payout, live: boolean, told: readonly PayoutTold[]): Promise<string[]> {
  const rows = await prepared<{ endpointId: string }>(
    tx,
    "owe_payout_webhooks",
    `with d as (
       insert into deliveries (id, merchant_id, endpoint_id, payout_id, sequence, type, body, next_try_at, lease_until)
       select 'msg_' || md5(d.id || e.id), $1, e.id, $2, d.sequence, d.type, d.body, now(), now() + interval '15 seconds'
       from jsonb_to_recordset($4::jsonb) as d(id text, sequence int, type text, body text, common boolean)
       join webhook_endpoints e on e.merchant_id = $1 and e.kind = 'merchant' and e.deleted_at is null and e.live = $3 and e.format = 'standard'
         and case when e.event_types is null then d.common else d.type = any(e.event_types) end
       returning endpoint_id
     ) select distinct endpoint_id as "endpointId" from d`,
    [payout.merchantId, payout.id, live, JSON.stringify(told)],
  );
  return rows.map((row) => row.endpointId);
}
