/** Character sets a text may have been hashed in; the documents say UTF-8. */
export type Charset = "utf-8" | "gbk" | "big5" | "latin1" | "utf-16le";

const tables = new Map<string, Map<string, readonly number[]>>();

/** The bytes of a text. What the set does not have becomes `?`, as most runtimes do it. */
export function bytesOf(text: string, charset: Charset): Uint8Array {
  if (charset === "utf-8") return Buffer.from(text, "utf8");
  if (charset === "utf-16le") return Buffer.from(text, "utf16le");
  if (charset === "latin1") return Buffer.from(text.replace(/[\u0100-\u{10ffff}]/gu, "?"), "latin1");
  const table = tableOf(charset);
  const bytes: number[] = [];
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else bytes.push(...(table.get(sign) ?? [0x3f]));
  }
  return Uint8Array.from(bytes);
}

/** The text of bytes in a set, or null when they are none of it. */
export function textIn(bytes: Uint8Array, charset: Charset): string | null {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

// Node only decodes these sets: their tables are read backwards, once (24,000 signs, some milliseconds).
function tableOf(charset: "gbk" | "big5"): Map<string, readonly number[]> {
  const known = tables.get(charset);
  if (known) return known;
  const decoder = new TextDecoder(charset);
  const table = new Map<string, readonly number[]>();
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const sign = decoder.decode(Uint8Array.of(high, low));
      if ([...sign].length === 1 && sign !== "\ufffd" && !table.has(sign)) table.set(sign, [high, low]);
    }
  tables.set(charset, table);
  return table;
}
