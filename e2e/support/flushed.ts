import { expect } from "@playwright/test";
import type { Database } from "#db/client.ts";

/** Waits until the server has written a merchant's requests to the API down: it does so a moment after its answers. */
export async function flushed(database: Database, merchantId: string): Promise<void> {
  const count = async () =>
    (await database.$client.query("select count(*)::int as n from api_requests where merchant_id = $1", [merchantId])).rows[0].n;
  await expect.poll(count).toBeGreaterThan(0);
}
