import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { liveStream } from "#lib/payments/live-stream.ts";
import { readStatus } from "#lib/payments/read-checkout.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
afterEach(() => vi.useRealTimers());

/** The next piece of a stream, as text. */
async function next(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<string> {
  return new TextDecoder().decode((await reader?.read())?.value);
}

async function untilNoState(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<string> {
  for (;;) {
    const text = await next(reader);
    if (!text.includes("event: status")) return text;
  }
}

describe("live status", () => {
  it("of one order is held open for twenty pages; the rest poll, other orders do not notice, and a page that leaves makes room", async () => {
    const [crowded, other] = [await world.openOrder(), await world.openOrder()];
    const leaving = new AbortController();
    const staying = new AbortController();
    const open = async (token: string, signal = staying.signal) => (await liveStream(token, signal, world.database)).status;
    expect(await open(crowded.token, leaving.signal)).toBe(200);
    for (let n = 0; n < 19; n += 1) expect(await open(crowded.token)).toBe(200);
    expect(await open(crowded.token)).toBe(503);
    expect(await open(other.token)).toBe(200);
    leaving.abort();
    expect(await open(crowded.token)).toBe(200);
    staying.abort();
  });

  it("asked for by a page that is gone already holds nothing", async () => {
    const { token } = await world.openOrder();
    const gone = AbortSignal.abort();
    for (let n = 0; n < 25; n += 1) expect((await liveStream(token, gone, world.database)).status).toBe(200);
  });

  it("begins with the whole state under the order's sequence as its id: a page that connects anew has missed nothing, whatever it heard last", async () => {
    const { token } = await world.openOrder();
    const status = await readStatus(token, world.database);
    for (let time = 0; time < 2; time += 1) {
      const closed = new AbortController();
      const [retry, id, event, data] = (await next((await liveStream(token, closed.signal, world.database)).body?.getReader())).split("\n");
      expect([retry, id, event]).toEqual(["retry: 2000", `id: ${status?.sequence}`, "event: status"]);
      expect(JSON.parse(data?.replace(/^data: /, "") ?? "")).toEqual({ ...status, secondsLeft: expect.any(Number) });
      closed.abort();
    }
  });

  it("says that it is still there every fifteen seconds, until its page has gone", async () => {
    const { token } = await world.openOrder();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const closed = new AbortController();
    const reader = (await liveStream(token, closed.signal, world.database)).body?.getReader();
    for (let beat = 0; beat < 3; beat += 1) {
      // States that were on their way come first.
      vi.advanceTimersByTime(14_999);
      const heard = untilNoState(reader);
      vi.advanceTimersByTime(1);
      expect(await heard).toBe(": still here\n\n");
    }
    closed.abort();
    // One more would throw: the stream is closed.
    vi.advanceTimersByTime(60_000);
    await expect.poll(async () => (await reader?.read())?.done).toBe(true);
  });

  it("of no order is not found", async () => {
    expect((await liveStream("0".repeat(26), new AbortController().signal, world.database)).status).toBe(404);
  });
});
