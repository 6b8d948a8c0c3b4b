/** Text of bytes, or null when they are not UTF-8. A byte order mark is kept: it was signed too. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
