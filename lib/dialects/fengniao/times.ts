const UTC8_MS = 8 * 3_600_000;

/** `yyyy-MM-dd HH:mm:ss` in UTC+8: notices (seeds/004 §4.1) and, assumed, trade.query outside UnionPay. */
export function wireTime(instant: Date): string {
  return new Date(instant.getTime() + UTC8_MS).toISOString().slice(0, 19).replace("T", " ");
}

/** `yyyyMMddHHmmss` in UTC+8: scan pay (§2.4) and UnionPay's trade.query (§2.19). */
export function compactTime(instant: Date): string {
  return wireTime(instant).replace(/\D/g, "");
}
