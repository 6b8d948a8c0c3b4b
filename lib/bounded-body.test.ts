import { describe, expect, it } from "vitest";
import { boundedBody, boundedForm, boundedText } from "#lib/bounded-body.ts";

/** A request whose body never ends; `pulled` counts the bytes asked of it. */
function endless() {
  const state = { pulled: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        state.pulled += 1024;
        controller.enqueue(new Uint8Array(1024));
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { state, request: new Request("http://x/", { method: "POST", body, duplex: "half" } as RequestInit) };
}

describe("a body from a stranger", () => {
  it("is read whole up to the limit, to the byte", async () => {
    const post = (body: string) => new Request("http://x/", { method: "POST", body });
    expect(await boundedText(post("收银"), 6)).toBe("收银");
    expect(await boundedText(post("收银"), 5)).toBeNull();
    expect(await boundedText(new Request("http://x/"), 5)).toBe("");
  });

  it("is read as a form up to the limit, and what is no form is none", async () => {
    const post = (body: string | FormData) => new Request("http://x/", { method: "POST", body });
    const multipart = new FormData();
    multipart.set("merchant", "收银");
    expect((await boundedForm(post(multipart), 1024))?.get("merchant")).toBe("收银");
    expect(await boundedForm(post(multipart), 16)).toBeNull();
    expect(await boundedForm(post("neither"), 1024)).toBeNull();
    const { state, request } = endless();
    expect(await boundedForm(request, 8192)).toBeNull();
    expect(state.cancelled).toBe(true);
  });

  it("without an end is left soon after the limit", async () => {
    const { state, request } = endless();
    expect(await boundedBody(request, 8192)).toBeNull();
    expect(state.pulled).toBeLessThan(8192 * 3);
    expect(state.cancelled).toBe(true);
  });

  it("that says it is too long is not read at all", async () => {
    const { state, request } = endless();
    request.headers.set("content-length", "9000");
    expect(await boundedBody(request, 8192)).toBeNull();
    expect(state.pulled).toBe(0);
  });
});
