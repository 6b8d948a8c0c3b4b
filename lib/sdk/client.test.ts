import { describe, expect, it } from "vitest";
import { Shouyin, type ShouyinOptions } from "./client.ts";
import { ApiError, ConnectionError, InvalidRequestError, NotFoundError, RateLimitError, ServerError, TimeoutError } from "./errors.ts";
import { OPERATIONS } from "./wire/operations.ts";

const KEY = "sk_test_0123456789";
type Answer = (request: Request) => Response | Promise<Response>;

/** A client whose answers are given in turn; what it sent and how long it waited is kept. */
function client(answers: readonly Answer[], more: Partial<ShouyinOptions> = {}) {
  const sent: Request[] = [];
  const waited: number[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input as string, init as RequestInit);
    const answer = answers[Math.min(sent.push(request), answers.length) - 1];
    if (!answer) throw new Error("nobody expected this request");
    return answer(request);
  };
  const wait = async (ms: number) => void waited.push(ms);
  return { shouyin: new Shouyin({ key: KEY, baseUrl: "https://pay.example/", fetch, wait, ...more }), sent, waited };
}

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(JSON.stringify(body), { status, headers });
const problem = (code: string, status: number, headers = {}) =>
  json({ type: "about:blank", title: code, status, detail: "No.", code, param: "amount", request_id: "req_1" }, status, headers);
const cut: Answer = () => Promise.reject(new TypeError("fetch failed"));
const BODY = { amount: "88.00", currency: "HKD", title: "Tea" } as const;

describe("a call", () => {
  it("says who asks, for which version, and what", async () => {
    const { shouyin, sent } = client([json({ id: "ord_1" })]);
    expect(await shouyin.orders.create(BODY)).toEqual({ id: "ord_1" });
    const [request] = sent;
    expect([request?.method, request?.url, await request?.text()]).toEqual([
      "POST",
      "https://pay.example/api/v1/orders",
      JSON.stringify(BODY),
    ]);
    const headers = Object.fromEntries(request?.headers ?? []);
    expect(headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      "content-type": "application/json",
      "shouyin-version": "2026-11-20",
      "idempotency-key": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(request?.redirect).toBe("error");
  });

  it("puts ids into the path, whatever is in them, and refuses to ask without one", async () => {
    const { shouyin, sent } = client([json({})]);
    await shouyin.webhookEndpoints.rollSecret("whe_../x?y", { overlap_seconds: 60 });
    expect(sent[0]?.url).toBe("https://pay.example/api/v1/webhook-endpoints/whe_..%2Fx%3Fy/roll-secret");
    expect(() => shouyin.orders.read("")).toThrow("orders.read: order is missing");
    expect(sent).toHaveLength(1);
  });

  it("has a method for every operation of the API", () => {
    const { shouyin } = client([]);
    for (const id of Object.keys(OPERATIONS)) {
      const [resource = "", verb = ""] = id.split(".");
      expect(typeof (shouyin as unknown as Record<string, Record<string, unknown>>)[resource]?.[verb], id).toBe("function");
    }
  });

  it("needs a key and an address that are some", () => {
    expect(() => new Shouyin({ key: "", baseUrl: "https://pay.example" })).toThrow("key");
    expect(() => new Shouyin({ key: KEY, baseUrl: "pay.example" })).toThrow("baseUrl");
  });
});

describe("a call is tried again", () => {
  it.each([
    ["a cut connection", cut],
    ["503", problem("unavailable", 503)],
    ["a gateway that is paused", problem("channel_down", 503)],
    ["a proxy's 502 page", () => new Response("<h1>Bad gateway</h1>", { status: 502 })],
    ["409 while the same request is in flight", problem("idempotency_in_flight", 409)],
    ["429", problem("rate_limited", 429)],
  ] satisfies [string, Answer][])("after %s, a POST under the same Idempotency-Key", async (_, first) => {
    const { shouyin, sent, waited } = client([first, first, json({ id: "ord_1" })]);
    expect(await shouyin.orders.create(BODY)).toEqual({ id: "ord_1" });
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map((one) => one.headers.get("idempotency-key"))).size).toBe(1);
    const [one = 0, two = 0] = waited;
    expect(one).toBeGreaterThanOrEqual(250);
    expect(one).toBeLessThanOrEqual(500);
    expect(two).toBeGreaterThanOrEqual(500);
    expect(two).toBeLessThanOrEqual(1000);
  });

  it("when the answer says, and not before; an answer that asks for more than a minute is the caller's to wait for", async () => {
    const patient = client([problem("rate_limited", 429, { "retry-after": "7" }), json({ id: "ord_1" })]);
    await patient.shouyin.orders.read("ord_1");
    expect(patient.waited).toEqual([7000]);
    const long = client([problem("rate_limited", 429, { "retry-after": "3600" })]);
    const error = await long.shouyin.orders.read("ord_1").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimitError);
    expect((error as RateLimitError).retryAfterSeconds).toBe(3600);
    expect(long.sent).toHaveLength(1);
  });

  it("no oftener than told, and then throws what it got last, with the key under which to go on", async () => {
    const { shouyin, sent } = client([problem("unavailable", 503), problem("unavailable", 503), cut]);
    const error = await shouyin.orders.create(BODY, { idempotencyKey: "basket-7" }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as ConnectionError).idempotencyKey).toBe("basket-7");
    expect(sent).toHaveLength(3);
    const once = client([cut]);
    await expect(once.shouyin.orders.read("ord_1", { retries: 0 })).rejects.toThrow(ConnectionError);
    expect(once.sent).toHaveLength(1);
  });

  it("never where it might do something twice: PATCH and DELETE", async () => {
    const patch = client([problem("unavailable", 503)]);
    await expect(patch.shouyin.links.update("lnk_1", { title: "Tea" })).rejects.toThrow(ServerError);
    expect(patch.sent).toHaveLength(1);
    const gone = client([cut]);
    await expect(gone.shouyin.webhookEndpoints.delete("whe_1")).rejects.toThrow(ConnectionError);
    expect(gone.sent).toHaveLength(1);
  });
});

describe("a call that fails", () => {
  it.each([
    ["field_invalid", 422, InvalidRequestError],
    ["not_found", 404, NotFoundError],
    ["order_not_open", 409, ApiError],
    ["internal", 500, ServerError],
  ] as const)("throws %s as what it is, at once where trying again is no use", async (code, status, Kind) => {
    const { shouyin } = client([problem(code, status)], { retries: 0 });
    const error = await shouyin.orders.create(BODY).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Kind);
    expect(error).toMatchObject({ code, status, param: "amount", requestId: "req_1", message: `${code}: No.` });
  });

  it("throws TimeoutError when there is no answer in time", async () => {
    const never: Answer = (request) =>
      new Promise((_, reject) => request.signal.addEventListener("abort", () => reject(request.signal.reason)));
    const { shouyin } = client([never], { timeoutMs: 10, retries: 0 });
    await expect(shouyin.orders.read("ord_1")).rejects.toThrow(TimeoutError);
  });

  it("ends at once when its caller gives up, with the caller's reason, and is not tried again", async () => {
    const stop = new AbortController();
    const stopping: Answer = (request) => {
      stop.abort(new Error("the shopper left"));
      return Promise.reject(request.signal.reason);
    };
    const { shouyin, sent } = client([stopping]);
    await expect(shouyin.orders.read("ord_1", { signal: stop.signal })).rejects.toThrow("the shopper left");
    await expect(shouyin.orders.read("ord_1", { signal: stop.signal })).rejects.toThrow("the shopper left");
    expect(sent).toHaveLength(1);
  });

  it("calls an answer that is no JSON unreadable", async () => {
    const { shouyin } = client([() => new Response("<html>", { status: 200 })], { retries: 0 });
    await expect(shouyin.orders.read("ord_1")).rejects.toMatchObject({ code: "unreadable", status: 502 });
  });
});

describe("a list", () => {
  const page = (data: string[], after: string | null) => json({ object: "list", data, has_more: after !== null, after, before: null });

  it("is walked to its end, page by page, each asked for when it is needed", async () => {
    const { shouyin, sent } = client([page(["a", "b"], "c1"), page(["c"], "c2"), page(["d"], null)]);
    const seen: unknown[] = [];
    for await (const order of shouyin.orders.list({ state: "paid", limit: 2 })) {
      seen.push(order);
      if (seen.length === 1) expect(sent).toHaveLength(1);
    }
    expect(seen).toEqual(["a", "b", "c", "d"]);
    expect(sent.map((one) => new URL(one.url).search)).toEqual([
      "?state=paid&limit=2",
      "?state=paid&limit=2&after=c1",
      "?state=paid&limit=2&after=c2",
    ]);
  });

  it("awaited is its first page, asked for once", async () => {
    const { shouyin, sent } = client([page(["a"], "c1")]);
    const list = shouyin.orders.list();
    expect((await list).data).toEqual(["a"]);
    expect((await list).after).toBe("c1");
    expect(sent.map((one) => one.url)).toEqual(["https://pay.example/api/v1/orders"]);
  });
});
