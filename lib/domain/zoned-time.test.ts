import { describe, expect, it } from "vitest";
import { instantOf, localOf, zonedText } from "#lib/domain/zoned-time.ts";

describe("clock times of a zone", () => {
  it.each([
    ["2026-11-20T18:30", "Asia/Hong_Kong", "2026-11-20T10:30:00.000Z"],
    ["2026-01-01T00:00", "Asia/Shanghai", "2025-12-31T16:00:00.000Z"],
    ["2026-07-01T12:00", "Europe/London", "2026-07-01T11:00:00.000Z"],
    ["2026-12-01T12:00", "America/New_York", "2026-12-01T17:00:00.000Z"],
    ["2028-02-29T12:00", "Asia/Kolkata", "2028-02-29T06:30:00.000Z"],
  ])("%s in %s is %s, and back", (local, zone, instant) => {
    expect(instantOf(local, zone)?.toISOString()).toBe(instant);
    expect(localOf(new Date(instant), zone)).toBe(local);
  });

  it("a time the clock strikes twice is the first of the two, one it skips comes after the gap", () => {
    expect(instantOf("2026-10-25T01:30", "Europe/London")?.toISOString()).toBe("2026-10-25T00:30:00.000Z");
    expect(instantOf("2026-03-29T01:30", "Europe/London")?.toISOString()).toBe("2026-03-29T01:30:00.000Z");
  });

  it.each(["", "2026-11-31T10:00", "2026-11-20", "2026-11-20T25:00", "2026-11-20T10:00Z", "tomorrow"])("%j is no clock time", (text) => {
    expect(instantOf(text, "Asia/Shanghai")).toBeNull();
  });
});

describe("an instant in a file", () => {
  it.each([
    ["2026-11-20T10:30:05.999Z", "Asia/Hong_Kong", "2026-11-20 18:30:05 +08:00"],
    ["2026-07-01T00:00:00Z", "Europe/London", "2026-07-01 01:00:00 +01:00"],
    ["2026-01-01T00:00:00Z", "Europe/London", "2026-01-01 00:00:00 +00:00"],
    ["2026-01-01T03:00:00Z", "America/New_York", "2025-12-31 22:00:00 -05:00"],
    ["2026-01-01T00:00:00Z", "Asia/Kathmandu", "2026-01-01 05:45:00 +05:45"],
  ])("%s in %s is %s", (at, timeZone, text) => {
    expect(zonedText(new Date(at), timeZone)).toBe(text);
  });
});
