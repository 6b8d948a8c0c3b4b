import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startWorkers } from "#lib/jobs/handlers.ts";
import { startBoss, stopBoss } from "#lib/jobs/queues.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";
import { openReceiver, type Receiver } from "#lib/webhooks/testing/receiver.ts";

let world: World;
let shop: Receiver;
const stopping = new AbortController();
/** Takes every request and never answers. */
const hanging = createServer(() => {});
beforeAll(async () => {
  world = await testWorld();
  shop = await openReceiver();
  await new Promise<void>((resolve) => hanging.listen(0, "127.0.0.1", resolve));
  // As a working process has it: woken by LISTEN, not by polling.
  await stopBoss();
  await startBoss({ url: String(world.database.$client.options.connectionString), supervise: true });
  await startWorkers(stopping.signal, world.database);
});
afterAll(async () => {
  stopping.abort();
  hanging.closeAllConnections();
  await new Promise((resolve) => hanging.close(resolve));
  await shop.close();
  await world.close();
});

async function cancelled(notifyUrl: string): Promise<string> {
  const { id } = await world.openOrder(8800n, { notifyUrl });
  await cancelOrder({ merchantId: world.merchantId, orderId: id, actor: "shop" }, world.database);
  return id;
}

it("twenty endpoints that hang, each with several orders, delay a healthy one by less than two seconds, without the ticker's help", async () => {
  const origin = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
  for (let order = 0; order < 3; order += 1) await Promise.all(Array.from({ length: 20 }, (_, each) => cancelled(`${origin}/${each}`)));
  const ids = new Set<string>();
  for (let each = 0; each < 20; each += 1) ids.add(await cancelled(shop.url()));
  const orderOf = (body: string) => (JSON.parse(body) as { data: { order: { id: string } } }).data.order.id;
  await expect.poll(() => new Set(shop.received.map((each) => orderOf(each.body))), { timeout: 5000, interval: 20 }).toEqual(ids);
  const { rows } = await world.database.execute<{ wait: number }>(
    sql`select max(extract(epoch from t.at - d.created_at))::float8 as wait from deliveries d join delivery_tries t on t.delivery_id = d.id
        where d.state = 'acknowledged'`,
  );
  expect(rows[0]?.wait).toBeLessThan(2);
});
