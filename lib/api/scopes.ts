/** What a key may do; each operation asks for one of these. */
export const SCOPES = [
  "orders:read",
  "orders:write",
  "refunds:read",
  "refunds:write",
  "links:read",
  "links:write",
  "events:read",
  "webhooks:read",
  "webhooks:write",
  "accounts:read",
  "sandbox:write",
] as const;
export type Scope = (typeof SCOPES)[number];

export function isScope(value: unknown): value is Scope {
  return typeof value === "string" && (SCOPES as readonly string[]).includes(value);
}
