/**
 * What of a request or an answer may be read later: fields that hold a secret or personal data are masked by name at any depth
 * (a test holds these names against the operations' schemas), and the text is cut.
 */
export const MASKED_FIELDS = ["auth_code", "card_number", "payer", "openid", "secret", "secrets"] as const;
export const KEPT_CHARACTERS = 8192;

const MASK = "[masked]";
const NAMES = new Set<string>(MASKED_FIELDS);

/** A body as it may be kept; `null` where there was none. What is no JSON is told by its size alone: a card number may stand in it. */
export function maskedBody(body: unknown, size: number): string | null {
  if (size === 0) return null;
  if (body === undefined) return `[not JSON: ${size} bytes]`;
  const text = JSON.stringify(body, (name, value: unknown) => (NAMES.has(name) ? MASK : value), 2) ?? "";
  return text.length > KEPT_CHARACTERS ? `${text.slice(0, KEPT_CHARACTERS)}\n[cut: ${text.length} characters]` : text;
}
