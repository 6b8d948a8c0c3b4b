import { startBoss, stopBoss } from "#lib/jobs/queues.ts";
import { receiveNotification } from "#lib/payments/receive-notification.ts";
import { type Bench, judged } from "./bench.ts";
import { measureFloors } from "./floors.ts";
import { measure } from "./measure.ts";
import { signNotices } from "./notices.ts";
import { recordStatements, type Statement } from "./record.ts";
import { withServer } from "./servers.ts";
import { ACCOUNT, GATEWAY, stockOrders } from "./stock.ts";

const NOTICES = 6000;
const FLOOR_NOTICES = 3000;
const WARMUP = 600;
const CONNECTIONS = 32;
const PLAN = { connections: CONNECTIONS, once: true, seconds: 20, warmup: WARMUP } as const;

/** Genuine notifications, each once: verify, lock, settle, event, webhook queued, commit, `success`. Then counts what is paid. */
export async function benchNotify(bench: Bench): Promise<void> {
  for (const worker of ["off", "on"] as const) await benchProduct(bench, worker);
  const { world, say } = bench;
  await measureFloors(
    world,
    () => recordNotices(bench),
    PLAN,
    (server, result) => say({ bench: "notify", server, ...result }),
  );
}

async function benchProduct({ world, shopUrl, say }: Bench, worker: "on" | "off"): Promise<void> {
  const orders = await stockOrders(world.database, NOTICES, shopUrl);
  const requests = await signNotices(world.database, world.origin, orders);
  const server = {
    port: world.port,
    environment: { ...world.environment, RUN_WORKER: worker },
    dataDir: world.dataDir,
  };
  const result = await withServer("product", server, (pid) =>
    measure(world.dataDir, pid, { ...PLAN, origin: world.origin, requests, expect: { status: 200, body: "success" } }),
  );
  const { rows } = await world.database.$client.query<{ paid: number; events: number; webhooks: number; delivered: number }>(
    `select (select count(*)::int from orders where id = any($1) and state = 'paid') as paid,
       (select count(*)::int from order_events where order_id = any($1) and type = 'order.paid') as events,
       (select count(*)::int from deliveries where order_id = any($1)) as webhooks,
       (select count(*)::int from deliveries where state = 'acknowledged') as delivered`,
    [orders.map(({ orderId }) => orderId)],
  );
  const counted = rows[0];
  // A machine too busy to send all of them in time is slow, not wrong: what was answered is what must be there.
  const answered = result.done + result.warmed;
  const exact = result.failed === 0 && [counted?.paid, counted?.events, counted?.webhooks].every((count) => count === answered);
  say({ bench: "notify", server: "product", worker, ...result, ...counted, exact });
  // The target is for handling up to the commit; with the worker on, the same two cores deliver webhooks beside it.
  if (worker === "off") {
    say({ bench: "notify", worker, figure: "perSecond", value: result.perSecond, ...judged(result.perSecond, "at least", 650) });
    say({ bench: "notify", worker, figure: "p99Ms", value: result.p99Ms, ...judged(result.p99Ms, "at most", 150) });
  }
  if (!exact)
    throw new Error(
      `notify: ${answered} acknowledged notifications made ${JSON.stringify(counted)}, ${result.failed} failed: ${result.firstFailure}`,
    );
}

/** What the product says to the database for each of so many notifications, without committing it. */
async function recordNotices({ world, shopUrl }: Bench): Promise<Statement[][]> {
  const orders = await stockOrders(world.database, FLOOR_NOTICES, shopUrl);
  const notices = await signNotices(world.database, world.origin, orders);
  await startBoss({ url: world.environment.DATABASE_URL ?? "", supervise: false });
  const transactions: Statement[][] = [];
  for (const { method, headers, body = "" } of notices) {
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const message = { method, query: "", headers: lower, body: Buffer.from(body) };
    const sent = await recordStatements(false, () => receiveNotification(world.database, ACCOUNT, GATEWAY, message));
    // The account's row is read once in five seconds, not for each.
    transactions.push(sent.slice(sent.findIndex(({ text }) => text === "begin")));
  }
  await stopBoss();
  return transactions;
}
