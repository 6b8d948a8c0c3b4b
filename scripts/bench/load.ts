// The load generator: a process of its own, on the loopback, that ends by itself. `node scripts/bench/load.ts <plan.json>`
// sends the plan's requests over keep-alive connections and prints one line of JSON (LoadResult).
import { readFileSync } from "node:fs";
import { Pool } from "undici";

export interface LoadRequest {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface LoadPlan {
  origin: string;
  connections: number;
  requests: LoadRequest[];
  /** Each request once; else round and round for `seconds`. */
  once: boolean;
  /** Never longer than this, warm-up not included. */
  seconds: number;
  /** So many requests first are not counted. */
  warmup: number;
  expect: { status: number; body?: string };
}

export interface LoadResult {
  /** Answered as expected, and how many before that as warm-up. */
  done: number;
  warmed: number;
  /** In both phases. */
  failed: number;
  firstFailure: string | null;
  seconds: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

const WARMUP_SECONDS_MAX = 10;

if (import.meta.main) {
  const plan = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as LoadPlan;
  console.log(JSON.stringify(await run(plan)));
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const pool = new Pool(plan.origin, { connections: plan.connections, pipelining: 1 });
  let next = 0;
  const take = (): LoadRequest | undefined => {
    const request = plan.requests[plan.once ? next : next % plan.requests.length];
    next += 1;
    return request;
  };
  const warmed = await phase(pool, plan, take, plan.warmup, WARMUP_SECONDS_MAX);
  const result = await phase(pool, plan, take, plan.once ? plan.requests.length - plan.warmup : Number.POSITIVE_INFINITY, plan.seconds);
  await pool.close();
  return {
    ...result,
    warmed: warmed.done,
    failed: result.failed + warmed.failed,
    firstFailure: warmed.firstFailure ?? result.firstFailure,
  };
}

/** Sends up to `most` requests for up to `seconds`, one at a time on each connection. */
async function phase(
  pool: Pool,
  plan: LoadPlan,
  take: () => LoadRequest | undefined,
  most: number,
  seconds: number,
): Promise<Omit<LoadResult, "warmed">> {
  const times: number[] = [];
  let [sent, failed, firstFailure] = [0, 0, null as string | null];
  const begun = performance.now();
  const worker = async (): Promise<void> => {
    while (sent < most && performance.now() - begun < seconds * 1000) {
      const request = take();
      if (!request) return;
      sent += 1;
      const at = performance.now();
      const problem = await send(pool, plan, request);
      times.push(performance.now() - at);
      if (problem) {
        failed += 1;
        firstFailure ??= problem;
      }
    }
  };
  await Promise.all(Array.from({ length: plan.connections }, worker));
  const took = (performance.now() - begun) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  const done = times.length - failed;
  return {
    done,
    failed,
    firstFailure,
    seconds: round(took),
    perSecond: Math.round(done / took),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
  };
}

async function send(pool: Pool, { expect }: LoadPlan, request: LoadRequest): Promise<string | null> {
  try {
    const { method, path, headers, body } = request;
    const answer = await pool.request({ method, path, headers, body: body ?? null });
    if (expect.body === undefined) await answer.body.dump({ limit: 1_000_000 });
    const said = expect.body === undefined ? undefined : await answer.body.text();
    return answer.statusCode === expect.status && said === expect.body ? null : `${answer.statusCode} ${said?.slice(0, 200) ?? ""}`;
  } catch (error) {
    return (error as Error).message;
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
