const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether an address is one of ours or this machine's: whoever reaches the sandbox must not send its shoppers to strangers. */
export function isOwnAddress(text: string, origin: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && (url.origin === origin || LOOPBACK.has(url.hostname));
}

/** The same, or on the site of the page that the merchant has registered. */
export function mayComeBack(text: string, origin: string, registered: string | null): boolean {
  if (isOwnAddress(text, origin)) return true;
  return registered !== null && URL.canParse(text) && new URL(text).origin === new URL(registered).origin;
}
