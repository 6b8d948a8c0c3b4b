import { gzipSync } from "node:zlib";
import { readCheckout, readStatus } from "#lib/payments/read-checkout.ts";
import { INNER_HEADER } from "#lib/plain-document.ts";
import { type Bench, judged } from "./bench.ts";
import { measureFloors } from "./floors.ts";
import type { LoadRequest } from "./load.ts";
import { measure } from "./measure.ts";
import { recordStatements, type Statement } from "./record.ts";
import { PLAIN_NEXT, withServer } from "./servers.ts";
import { stockOrders } from "./stock.ts";

const ORDERS = 200;
const SECONDS = 8;
const AGENT = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const SHOPPER = { browser: "desktop", ip: "203.0.113.7", userAgent: AGENT, locale: "zh-CN" } as const;
const HEADERS = { "user-agent": AGENT, "accept-language": "zh-CN", "accept-encoding": "gzip" };

/** The checkout page, complete HTML: choosing a way to pay, and with its QR code, alone and with sixteen at once. */
export async function benchCheckoutPage({ world, shopUrl, say }: Bench): Promise<void> {
  const tokens = {
    choose: (await stockOrders(world.database, ORDERS, shopUrl, true)).map(({ token }) => token),
    qr: (await stockOrders(world.database, ORDERS, shopUrl)).map(({ token }) => token),
  };
  const server = {
    port: world.port,
    environment: { ...world.environment, RUN_WORKER: "off" },
    dataDir: world.dataDir,
  };
  await withServer("product", server, async (pid) => {
    for (const [state, list] of Object.entries(tokens)) {
      const html = await (await fetch(`${world.origin}/pay/${list[0]}`, { headers: HEADERS })).text();
      if (!html.includes(`data-detail="${state}"`)) throw new Error(`checkout-page: the page is not in state ${state}`);
      say({ bench: "checkout-page", state, htmlBytes: Buffer.byteLength(html), htmlGzipBytes: gzipSync(html).byteLength });
      for (const connections of [1, 16]) {
        const requests = list.map((token): LoadRequest => ({ method: "GET", path: `/pay/${token}`, headers: HEADERS }));
        const plan = { origin: world.origin, connections, requests, once: false, seconds: SECONDS, warmup: 300, expect: { status: 200 } };
        const result = await measure(world.dataDir, pid, plan);
        say({ bench: "checkout-page", server: "product", state, connections, ...result });
        if (connections > 1) continue;
        say({ bench: "checkout-page", state, figure: "p50Ms", value: result.p50Ms, ...judged(result.p50Ms, "at most", 10) });
      }
    }
  });
  await measureSecondHop({ world, shopUrl, say }, tokens.qr);
  for (const connections of [1, 16]) {
    const plan = { connections, once: false, seconds: SECONDS, warmup: 300 };
    const script = () => recordEach(tokens.qr, (token) => readCheckout(token, SHOPPER, world.database));
    await measureFloors(world, script, plan, (name, result) =>
      say({ bench: "checkout-page", server: name, state: "qr", connections, ...result }),
    );
  }
}

/**
 * What it costs to cut the framework's scripts out by asking for the page once more, over the loopback (decision 6): the
 * same QR page from the framework's own server with that second hop, and without (the scripts are then sent).
 */
async function measureSecondHop({ world, say }: Bench, tokens: readonly string[]): Promise<void> {
  const server = { port: world.port, environment: { ...world.environment, RUN_WORKER: "off" }, dataDir: world.dataDir };
  await withServer(PLAIN_NEXT, server, async (pid) => {
    for (const connections of [1, 16]) {
      for (const [hop, more] of [
        ["second hop", {}],
        ["none", { [INNER_HEADER]: "1" }],
      ] as const) {
        const headers = { ...HEADERS, ...more };
        const requests = tokens.map((token): LoadRequest => ({ method: "GET", path: `/pay/${token}`, headers }));
        const plan = { origin: world.origin, connections, requests, once: false, seconds: SECONDS, warmup: 300, expect: { status: 200 } };
        const result = await measure(world.dataDir, pid, plan);
        say({ bench: "checkout-page", server: PLAIN_NEXT, state: "qr", hop, connections, ...result });
      }
    }
  });
}

/** Status polling: 64 pages asking as fast as they are answered. */
export async function benchStatus({ world, shopUrl, say }: Bench): Promise<void> {
  const tokens = (await stockOrders(world.database, ORDERS, shopUrl)).map(({ token }) => token);
  const plan = { connections: 64, once: false, seconds: SECONDS, warmup: 1000 };
  const requests = tokens.map((token): LoadRequest => ({ method: "GET", path: `/pay/${token}/status`, headers: { "user-agent": AGENT } }));
  const server = {
    port: world.port,
    environment: { ...world.environment, RUN_WORKER: "off" },
    dataDir: world.dataDir,
  };
  const result = await withServer("product", server, (pid) =>
    measure(world.dataDir, pid, { ...plan, origin: world.origin, requests, expect: { status: 200 } }),
  );
  say({ bench: "status", server: "product", ...result });
  say({ bench: "status", figure: "perSecond", value: result.perSecond, ...judged(result.perSecond, "at least", 1200) });
  const script = () => recordEach(tokens, (token) => readStatus(token, world.database));
  await measureFloors(world, script, plan, (name, floor) => say({ bench: "status", server: name, ...floor }));
}

async function recordEach(tokens: readonly string[], read: (token: string) => Promise<unknown>): Promise<Statement[][]> {
  const transactions: Statement[][] = [];
  for (const token of tokens) transactions.push(await recordStatements(true, () => read(token)));
  return transactions;
}
