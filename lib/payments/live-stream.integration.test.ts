import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liveStream } from "#lib/payments/live-stream.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

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

  it("of no order is not found", async () => {
    expect((await liveStream("0".repeat(26), new AbortController().signal, world.database)).status).toBe(404);
  });
});
