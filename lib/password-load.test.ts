import { expect, it, vi } from "vitest";

const seen = vi.hoisted(() => ({ now: 0, most: 0, all: 0 }));
vi.mock("@node-rs/argon2", () => {
  const work = async (answer: unknown) => {
    seen.now += 1;
    seen.all += 1;
    seen.most = Math.max(seen.most, seen.now);
    await new Promise((resolve) => setImmediate(resolve));
    seen.now -= 1;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return {
    hash: () => work("$hash"),
    verify: (_hash: string, text: string) => work(text === "broken" ? new Error("hash") : text === "right"),
  };
});

it("forty sign-ins at once work two at a time, each gets its own answer, and one that fails gives its place back", async () => {
  const { passwordMatches } = await import("#lib/password.ts");
  const texts = Array.from({ length: 40 }, (_, n) => (n % 3 === 0 ? "right" : n % 3 === 1 ? "wrong" : "broken"));
  const answers = await Promise.all(texts.map((text) => passwordMatches(text, "$hash")));
  expect(answers).toEqual(texts.map((text) => text === "right"));
  expect(seen).toEqual({ now: 0, most: 2, all: 41 });
});
