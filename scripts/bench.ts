// `npm run bench -- orders-list | notify | create-order | checkout-page | checkout-weight | status | all`: the built server on a database of its own, and
// in the same run the floors under it (an empty Next route and bare node:http, each with the same statements). JSON lines;
// each load lasts 20 s at most; exit code 1 when a figure misses its target. What the figures mean: docs/benchmarks.md.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { availableParallelism, cpus, totalmem } from "node:os";
import type { Bench } from "./bench/bench.ts";
import { benchCheckoutWeight } from "./bench/checkout-weight.ts";
import { benchCreateOrder } from "./bench/create-order.ts";
import { benchNotify } from "./bench/notify.ts";
import { benchOrdersList } from "./bench/orders-list.ts";
import { benchCheckoutPage, benchStatus } from "./bench/pages.ts";
import { buildFloor } from "./bench/servers.ts";
import { buildIfChanged } from "./build.ts";
import { makeWorld, type World } from "./world.ts";

const BENCHES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  notify: benchNotify,
  "create-order": benchCreateOrder,
  "checkout-page": benchCheckoutPage,
  "checkout-weight": benchCheckoutWeight,
  status: benchStatus,
};

const [asked = "all", ...more] = process.argv.slice(2);
const chosen = asked === "all" ? Object.values(BENCHES) : [BENCHES[asked]];
const shop = createServer((request, response) => {
  request.resume();
  response.writeHead(204).end();
});
let world: World | null = null;
let missed = 0;
let ending: Promise<never> | null = null;

function say(line: Record<string, unknown>): void {
  if (line.ok === false) missed += 1;
  console.log(JSON.stringify(line));
}

/** Once only: a signal makes whatever is under way fail as well. */
function end(code: number): Promise<never> {
  ending ??= (async () => {
    await world?.close();
    process.exit(code);
  })();
  return ending;
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => void end(1));

function sayMachine(): void {
  const memory = Math.round(totalmem() / 1024 ** 3);
  say({
    bench: asked,
    at: new Date().toISOString(),
    node: process.version,
    cpus: availableParallelism(),
    model: cpus()[0]?.model,
    memoryGb: memory,
  });
}

try {
  // Needs no server, but a database of its own for each size.
  if (asked === "orders-list" || asked === "all") {
    if (asked === "orders-list") sayMachine();
    await benchOrdersList(asked === "all" ? [] : more, say);
    if (asked === "orders-list") await end(missed > 0 ? 1 : 0);
  }
  if (!chosen.every(Boolean)) throw new Error(`there is no bench ${asked}: orders-list, ${Object.keys(BENCHES).join(", ")} or all`);
  await buildIfChanged();
  world = await makeWorld("bench", { ALLOW_PRIVATE_WEBHOOKS: "1" });
  if (chosen.some((bench) => bench !== benchCheckoutWeight)) await buildFloor(world.dataDir);
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  const shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/webhook`;
  sayMachine();
  for (const bench of chosen) await bench?.({ world, shopUrl, say });
  if (missed > 0) console.error(`bench: ${missed} figures miss their target`);
  await end(missed > 0 ? 1 : 0);
} catch (error) {
  console.error(`bench: ${(error as Error).message}`);
  await end(1);
}
