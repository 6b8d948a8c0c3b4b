import { loadavg } from "node:os";
import { chromium } from "@playwright/test";
import { CHROMIUM_ARGS, requireChromium } from "../chromium.ts";
import { type Bench, judged } from "./bench.ts";
import { withServer } from "./servers.ts";
import { BYTE_BUDGETS, KINDS, type Kind } from "./weight-budgets.ts";
import { WEIGHT_SCENES, type WeightScene } from "./weight-scenes.ts";
import { SLOW, type Visit, visit } from "./weight-visit.ts";

/** Visits of each scene, one after the other; the figure is their median. */
const RUNS = 7;

/** How fast a page must be there, in milliseconds of the slow phone (issue 4, item 7). */
const TIME_TARGETS = { visibleMs: 650, lcpMs: 800 } as const;
const TIMES = ["fcpMs", "lcpMs", "visibleMs", "bridgeMs"] as const;

/**
 * The shopper's pages as a cheap phone on a bad network loads them, with an empty cache: bytes by type on the wire, and
 * when the code or the button is there. Bytes are the same each time; times are the median, with the range beside it.
 */
export async function benchCheckoutWeight({ world, say }: Bench): Promise<void> {
  const server = { port: world.port, environment: { ...world.environment, RUN_WORKER: "off" }, dataDir: world.dataDir };
  const browser = await chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_ARGS });
  say({ bench: "checkout-weight", browser: browser.version(), runs: RUNS, ...SLOW });
  try {
    await withServer("product", server, async () => {
      for (const scene of WEIGHT_SCENES) {
        const load1 = Math.round((loadavg()[0] ?? 0) * 10) / 10;
        const address = world.origin + (await scene.prepare(world));
        await visit(browser, scene, address); // what the server computes once is not this shopper's to wait for
        const visits: Visit[] = [];
        while (visits.length < RUNS) visits.push(await visit(browser, scene, address));
        tell(say, scene, visits, load1);
      }
    });
  } finally {
    await browser.close();
  }
}

function tell(say: Bench["say"], { name, device }: WeightScene, visits: readonly Visit[], load1: number): void {
  const [first] = visits;
  if (!first) return;
  const about = { bench: "checkout-weight", scene: name, device };
  const bytes = bytesOf(first);
  const total = KINDS.reduce((sum, kind) => sum + first.wire[kind], 0);
  const { requests, encoding, thirdParty, htmlBody, written } = first;
  const times = Object.fromEntries(TIMES.map((time) => [time, median(visits.map((one) => one[time]))]));
  const range = Object.fromEntries(TIMES.map((time) => [time, spread(visits.map((one) => one[time]))]));
  const cls = Math.max(...visits.map((one) => one.cls));
  const moved = [...new Set(visits.flatMap((one) => one.moved))];
  say({
    ...about,
    requests,
    totalBytes: total,
    wire: first.wire,
    htmlBody,
    written,
    encoding,
    thirdParty,
    ...times,
    cls,
    moved,
    range,
    load1,
  });
  for (const [kind, budget] of Object.entries(BYTE_BUDGETS) as [Kind, number][])
    say({ ...about, figure: `${kind} bytes`, value: bytes[kind], ...judged(bytes[kind], "at most", budget) });
  for (const [time, target] of Object.entries(TIME_TARGETS) as [keyof typeof TIME_TARGETS, number][]) {
    const value = times[time] ?? Number.POSITIVE_INFINITY;
    say({ ...about, figure: time, value, ...judged(value, "at most", target) });
  }
  say({ ...about, figure: "cls", value: cls, ...judged(cls, "at most", 0) });
}

/** Against the budgets: what came as files, and what was written into the HTML. */
function bytesOf({ wire, written }: Visit): Record<Kind, number> {
  return { ...wire, css: wire.css + written.css, script: wire.script + written.script };
}

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}

function spread(values: readonly (number | null)[]): [number, number] | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? [Math.min(...known), Math.max(...known)] : null;
}
