/** Zones that most merchants of this product are in, offered first. */
export const NEAR_ZONES = [
  "Asia/Shanghai",
  "Asia/Hong_Kong",
  "Asia/Macau",
  "Asia/Taipei",
  "Asia/Singapore",
  "Asia/Kuala_Lumpur",
  "Asia/Tokyo",
  "Asia/Seoul",
  "Asia/Bangkok",
] as const;

/** Whether a text is a zone of the IANA database by its full name. "UTC+8" and the like are none: they know no rules. */
export function isTimeZone(text: string): boolean {
  return text === "UTC" || (text.includes("/") && ZONES.has(text));
}

/** Every zone that may be chosen, the near ones left out. */
export function otherZones(): string[] {
  const near = new Set<string>(NEAR_ZONES);
  return ["UTC", ...[...ZONES].filter((zone) => zone.includes("/") && !near.has(zone))];
}

// Some engines leave out names that others list; those we offer first are always zones.
const ZONES: ReadonlySet<string> = new Set([...Intl.supportedValuesOf("timeZone"), ...NEAR_ZONES]);
