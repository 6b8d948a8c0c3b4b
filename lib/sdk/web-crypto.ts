/** What this package uses of WebCrypto. */
type WebCrypto = Pick<Crypto, "subtle" | "randomUUID">;

/** The runtime's WebCrypto: a global everywhere but in Node 18, which has it in a module. */
export async function webCrypto(): Promise<WebCrypto> {
  const own = (globalThis as { crypto?: WebCrypto }).crypto;
  if (own?.subtle) return own;
  const name = "node:crypto"; // a variable, so that bundlers for other runtimes do not look for it
  return ((await import(name)) as { webcrypto: WebCrypto }).webcrypto;
}
