import { describe, expect, it } from "vitest";
import { networkOf, type TryRule, waitSeconds } from "#lib/domain/tries.ts";

const stop: TryRule = { key: "k", windowSeconds: 900, free: 5, beyond: "stop" };
const slower: TryRule = { ...stop, beyond: "slower" };

describe("a try waits", () => {
  it.each([
    ["not while failures are free", stop, 4, 10, 0, 0],
    ["until the oldest of five is out of the window", stop, 5, 10, 0, 890],
    ["a moment when it almost is", stop, 5, 899.2, 3, 1],
    ["not while failures are free", slower, 4, 10, 0, 0],
    ["two seconds after the fifth", slower, 5, 10, 0, 2],
    ["twice as long after each one more", slower, 8, 10, 0, 16],
    ["never longer than a minute", slower, 500, 800, 0, 60],
    ["less when some of it has passed", slower, 8, 10, 15.5, 1],
    ["no more when all of it has", slower, 8, 100, 16, 0],
  ])("%s", (_what, rule, count, oldestAgeSeconds, newestAgeSeconds, expected) => {
    expect(waitSeconds(rule, { count, oldestAgeSeconds, newestAgeSeconds })).toBe(expected);
  });
});

describe("a network", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"],
    ["2001:DB8:0001:2::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("of %s is %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
