const UNSTORABLE = /[\0]|\p{Surrogate}/u;

/** Text as PostgreSQL can hold it: NUL becomes its visible symbol, half a surrogate pair U+FFFD. Other text is unchanged. */
export function storableText(text: string): string {
  if (!UNSTORABLE.test(text)) return text;
  return text.replaceAll("\u0000", "␀").replace(/\p{Surrogate}/gu, "\ufffd");
}
