import { describe, expect, it } from "vitest";
import { afterFailure, type ChannelState, channelState, THRESHOLDS, type Troubled, worst } from "#lib/domain/channel.ts";

const START = new Date("2026-11-20T10:00:00Z");
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000);
/** A channel that failed at these seconds. */
const failedAt = (...seconds: number[]): Troubled => {
  const known = seconds.reduce<Troubled | null>((before, second) => afterFailure(before, at(second)), null);
  if (!known) throw new Error("no failure");
  return known;
};

describe("a channel", () => {
  it.each<[string, Troubled | null, number, ChannelState]>([
    ["that never failed is up", null, 0, "up"],
    ["that failed twice is up", failedAt(0, 1), 2, "up"],
    ["that failed three times in a row is down", failedAt(0, 1, 2), 3, "down"],
    ["is down to the end of its time", failedAt(0, 1, 2), 31, "down"],
    ["is half open when its time is over", failedAt(0, 1, 2), 32, "half_open"],
    ["whose failures are far apart stays up", failedAt(0, 121, 242, 363), 364, "up"],
    ["is forgotten after an hour without a failure", failedAt(0, 1, 2), 3603, "up"],
    ["that is being tried is down for everybody else", { ...failedAt(0, 1, 2), probeUntil: at(60) }, 40, "down"],
    ["whose trier never came back is half open again", { ...failedAt(0, 1, 2), probeUntil: at(60) }, 60, "half_open"],
  ])("%s", (_name, known, seconds, state) => {
    expect(channelState(known, at(seconds))).toBe(state);
  });

  it("that fails each time it is tried is down for longer each time, up to the last step", () => {
    let known = failedAt(0, 0, 0);
    let now = 0;
    const lengths: number[] = [];
    for (let time = 0; time < THRESHOLDS.downSeconds.length + 1; time += 1) {
      const length = ((known.downUntil?.getTime() ?? 0) - at(now).getTime()) / 1000;
      lengths.push(length);
      now += length;
      expect(channelState(known, at(now))).toBe("half_open");
      known = afterFailure(known, at(now));
      expect(channelState(known, at(now))).toBe("down");
    }
    expect(lengths).toEqual([...THRESHOLDS.downSeconds, THRESHOLDS.downSeconds.at(-1)]);
  });

  it("does not stay down longer because requests that were already on their way fail too", () => {
    const known = failedAt(0, 1, 2);
    const later = afterFailure(afterFailure(known, at(5)), at(20));
    expect(later).toMatchObject({ downUntil: known.downUntil, downs: 1, failures: 5 });
  });
});

it("what needs two channels is as bad as the worse", () => {
  expect(worst([])).toBe("up");
  expect(worst(["up", "half_open"])).toBe("half_open");
  expect(worst(["half_open", "down", "up"])).toBe("down");
});
