import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { expireOrder } from "#lib/payments/close-order.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";
import { type Answer, guardedClient, LIMITS, sendGuarded } from "#lib/webhooks/guarded-fetch.ts";

/** How long a receiver may take, how much it may say, and when it is asked again. */
let world: World;
let server: Server;
let url: string;
/** What the receiver does with the next request. */
let answers: (response: ServerResponse) => void;
beforeAll(async () => {
  world = await testWorld();
  server = createServer((request, response) => {
    request.resume().on("end", () => answers(response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await world.close();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const message = () => ({ method: "POST", url, headers: {}, body: "{}" }) as const;
const nobody = () => new Promise<never>(() => undefined);

describe("the limits", () => {
  it("are 1 MiB, 3 s to connect, 8 s to answer, 10 s in all", () => {
    expect(LIMITS).toEqual({ bytes: 1_048_576, connectMs: 3000, answerMs: 8000, totalMs: 10_000 });
  });

  it("an answer of 1 MiB is read, of which the start is kept; one byte more is none", async () => {
    answers = (response) => void response.end("x".repeat(1_048_576));
    expect(await sendGuarded(message())).toMatchObject({ status: 200, body: "x".repeat(4096), error: null });
    answers = (response) => void response.end("x".repeat(1_048_577));
    expect(await sendGuarded(message())).toMatchObject({ status: null, body: "", error: "answer too large" });
  });

  it.each<[string, (response: ServerResponse) => void, string]>([
    ["one that says nothing", () => undefined, "UND_ERR_HEADERS_TIMEOUT"],
    ["one that stops in the middle", (response) => void response.writeHead(200).write("a"), "UND_ERR_BODY_TIMEOUT"],
  ])("%s is given up in the time for an answer", async (_name, does, error) => {
    answers = does;
    const send = guardedClient(nobody, { ...LIMITS, answerMs: 60 });
    expect(await send(message())).toMatchObject({ status: null, error });
  });

  it("one that never ends is given up in the time for all of it, however busy it is", async () => {
    let drips: NodeJS.Timeout | undefined;
    answers = (response) => {
      response.writeHead(200);
      drips = setInterval(() => response.write("a"), 5);
    };
    const answer = await guardedClient(nobody, { ...LIMITS, totalMs: 150 })(message());
    clearInterval(drips);
    expect([answer.status, answer.error]).toEqual([null, expect.stringMatching(/timeout/i)]);
    expect(answer.durationMs).toBeLessThan(LIMITS.answerMs);
  });
});

const retryAfter = (value: string) => {
  answers = (response) => void response.writeHead(503, { "retry-after": value }).end();
};

describe("Retry-After", () => {
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();
  const asked = async (value: string): Promise<Answer["retryAfterSeconds"]> => {
    retryAfter(value);
    return (await sendGuarded(message())).retryAfterSeconds;
  };

  it("is seconds or a date, a day at most, and nothing when it says nothing of the future", async () => {
    expect(await asked("120")).toBe(120);
    const date = await asked(inSeconds(600));
    expect(date).toBeGreaterThan(590);
    expect(date).toBeLessThanOrEqual(600);
    expect([await asked("86401"), await asked("9".repeat(30)), await asked(inSeconds(40 * 86_400))]).toEqual([86_400, 86_400, 86_400]);
    for (const nothing of ["0", "-5", "soon", inSeconds(-60), "12 bottles"]) expect(await asked(nothing), nothing).toBeNull();
  });
});

describe("the next try", () => {
  /** Seconds a failed first try puts off the next one. */
  async function wait(): Promise<number> {
    const order = await world.openOrder(8800n, { notifyUrl: url });
    await world.timeOut(order.id);
    await expireOrder(order.id, world.database);
    await world.drainJobs();
    const { rows } = await world.database.execute<{ tries: number; wait: string }>(
      sql`select d.tries, extract(epoch from d.next_try_at - t.at)::text as wait from deliveries d join delivery_tries t on t.delivery_id = d.id
          where d.order_id = ${order.id}`,
    );
    expect(rows).toMatchObject([{ tries: 1 }]);
    return Number(rows[0]?.wait);
  }

  it("is jittered: as it is drawn, a tenth sooner or later than the schedule says", async () => {
    answers = (response) => void response.writeHead(500).end();
    const random = vi.spyOn(Math, "random");
    const waits: number[] = [];
    for (const drawn of [0, 0.5, 0.999]) {
      random.mockReturnValue(drawn);
      waits.push(await wait());
    }
    expect(waits.map((seconds) => Math.round(seconds * 10) / 10)).toEqual([4.5, 5, 5.5]);
  });

  it("is never before the receiver's own date, nor later than a day for it", async () => {
    retryAfter(new Date(Date.now() + 3_600_000).toUTCString());
    expect(await wait()).toBeGreaterThan(3590);
    retryAfter("8640000");
    expect(Math.round(await wait())).toBe(86_400);
  });
});
