/** What the wallet has to say about the last button, as it stands in an address. */
export const SAID = ["insufficient", "hong_kong_refused", "paid", "expired", "closed", "failed", "not_found", "left"] as const;
export type Said = (typeof SAID)[number];

export function readSaid(text: string): Said | null {
  return SAID.find((said) => said === text) ?? null;
}
