import { expect, it } from "vitest";
import { minutesOf, quietUntil } from "#lib/domain/quiet-hours.ts";

const at = (text: string) => new Date(text);
const night = { from: 22 * 60, to: 8 * 60 };

it.each([
  // 21:59 in Hong Kong: not yet.
  ["2026-11-20T13:59:59Z", night, "Asia/Hong_Kong", null],
  // 22:00 tonight until 8:00 tomorrow.
  ["2026-11-20T14:00:00Z", night, "Asia/Hong_Kong", "2026-11-21T00:00:00.000Z"],
  // 02:00: until 8:00 the same day.
  ["2026-11-20T18:00:00Z", night, "Asia/Hong_Kong", "2026-11-21T00:00:00.000Z"],
  ["2026-11-21T00:00:00Z", night, "Asia/Hong_Kong", null],
  // Within one day.
  ["2026-11-20T12:30:00Z", { from: 12 * 60, to: 14 * 60 }, "UTC", "2026-11-20T14:00:00.000Z"],
  ["2026-11-20T14:00:00Z", { from: 12 * 60, to: 14 * 60 }, "UTC", null],
  // The clocks go back during the night: it is an hour longer.
  ["2026-10-24T21:00:00Z", night, "Europe/London", "2026-10-25T08:00:00.000Z"],
  // From and to alike: always.
  ["2026-11-20T12:00:00Z", { from: 600, to: 600 }, "UTC", "2026-11-21T10:00:00.000Z"],
] as const)("at %s quiet hours %o in %s end at %s", (now, quiet, zone, end) => {
  expect(quietUntil(quiet, zone, at(now))?.toISOString() ?? null).toBe(end);
});

it.each([
  ["22:30", 1350],
  ["00:00", 0],
  ["24:00", null],
  ["9:00", null],
  ["", null],
])("the clock %s is %s minutes", (clock, minutes) => expect(minutesOf(clock)).toBe(minutes));
