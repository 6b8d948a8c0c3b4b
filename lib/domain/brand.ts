/** How a merchant looks on the checkout. */
export interface Brand {
  /** A path of our own (`/api/logos/…`), or an address elsewhere. */
  logoUrl?: string;
  /** `#rrggbb`. */
  colour?: string;
  supportContact?: string;
}

/** Longest texts of a merchant's face, in characters. */
export const MERCHANT_NAME_MAX = 60;
export const CONTACT_MAX = 120;

/** What a merchant's face is typed as. */
export interface Face {
  name: string;
  /** `#rrggbb`, `rrggbb` or `#rgb`; empty: ours. */
  colour: string;
  contact: string;
}

export type FaceProblem = "missing" | "long" | "colour";

/** Where a merchant's logo of our own is served. */
export function logoAddress(id: string): string {
  return `/api/logos/${id}`;
}

/** A typed face as it is kept, or the problem of each field. Control characters become spaces; the colour becomes `#rrggbb`. */
export function readFace(
  typed: Face,
):
  | { ok: true; name: string; colour: string | undefined; contact: string | undefined }
  | { ok: false; errors: Partial<Record<keyof Face, FaceProblem>> } {
  const name = cleanLine(typed.name);
  const contact = cleanLine(typed.contact);
  const colour = readColour(typed.colour);
  const errors: Partial<Record<keyof Face, FaceProblem>> = {};
  if (!name) errors.name = "missing";
  else if ([...name].length > MERCHANT_NAME_MAX) errors.name = "long";
  if ([...contact].length > CONTACT_MAX) errors.contact = "long";
  if (colour === null) errors.colour = "colour";
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, name, colour: colour || undefined, contact: contact || undefined };
}

/** `#rrggbb` in lower case; empty for none; null for what is no colour. */
export function readColour(text: string): string | null {
  const digits = text.trim().replace(/^#/, "").toLowerCase();
  if (digits === "") return "";
  if (/^[0-9a-f]{3}$/.test(digits)) return `#${[...digits].map((one) => one + one).join("")}`;
  return /^[0-9a-f]{6}$/.test(digits) ? `#${digits}` : null;
}

function cleanLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Surrogate}]+/gu, " ").trim();
}
