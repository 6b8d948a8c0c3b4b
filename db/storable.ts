const UNSTORABLE = /[\0]|\p{Surrogate}/u;

/** Text as PostgreSQL can hold it: NUL becomes its visible symbol, half a surrogate pair U+FFFD. Other text is unchanged. */
export function storableText(text: string): string {
  if (!UNSTORABLE.test(text)) return text;
  return text.replaceAll("\u0000", "␀").replace(/\p{Surrogate}/gu, "\ufffd");
}

/**
 * JSON of a value whose texts PostgreSQL can keep. Gateways' words stand in histories and rows, and jsonb refuses two things they
 * may hold: NUL and half a surrogate pair (a message cut in the middle of an emoji). Refused, they would keep a payment's
 * outcome from ever being written.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => (typeof one === "string" ? storableText(one) : one));
}
