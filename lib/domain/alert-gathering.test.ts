import { describe, expect, it } from "vitest";
import { GATHER } from "#lib/domain/alert.ts";
import { timeToTell } from "#lib/domain/alert-gathering.ts";

const now = new Date("2026-11-20T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const group = (oldest: number, newest: number, told: number | null = null) => ({
  oldest: ago(oldest),
  newest: ago(newest),
  toldAt: told === null ? null : ago(told),
});

describe("alerts of one kind", () => {
  it.each([
    ["one that has just come waits for others", group(1, 1), false],
    ["one alone is told after a moment", group(GATHER.lull, GATHER.lull), true],
    ["a stream of them goes on gathering", group(59, 0), false],
    ["and is told after a minute though more are coming", group(GATHER.most, 0), true],
    ["more of a kind just told of wait", group(200, 200, 250), false],
    ["until its time is over", group(200, 200, GATHER.after), true],
  ] as const)("%s", (_what, one, told) => expect(timeToTell({ kind: "orphan", ...one }, now)).toBe(told));

  it("urgent ones do not wait for the last message's time", () => {
    expect(timeToTell({ kind: "gateway_down", ...group(5, 5, 10) }, now)).toBe(true);
  });
});
