import { describe, expect, it } from "vitest";
import { withoutEnds, withoutTail } from "#lib/doctor/ends.ts";
import { PASTE_MAX, readMessage } from "#lib/doctor/message.ts";
import { insideOf } from "#lib/doctor/read-shared-key.ts";

describe("the ends of a text", () => {
  it.each([
    ["  a b \n", "a b"],
    ["\n \n", ""],
    ["", ""],
    ["a", "a"],
  ])("of %j are taken off, what is between them stays", (text, bare) => {
    expect(withoutEnds(text, /\s/)).toBe(bare);
    expect(withoutTail(`=${text}`, /\s/)).toBe(`=${text}`.trimEnd());
  });

  // `/[ ]+$/` took five seconds of the whole process for the first of these.
  it.each([
    ["blanks", (long: number) => () => readMessage(`a=${" ".repeat(long)}b`)],
    ["line ends", (long: number) => () => readMessage(`a=${"\n".repeat(long)}b`)],
    ["question marks", (long: number) => () => readMessage(`/${"?".repeat(long)} b`)],
    ["padding", (long: number) => () => insideOf(`${"=".repeat(long)}b`)],
  ])("a long run of %s in the middle costs no more than its length", (_, work) => {
    const run = work(PASTE_MAX - 10);
    const began = performance.now();
    run();
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
