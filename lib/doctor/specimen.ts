import type { Cause } from "#lib/doctor/causes.ts";
import type { FieldHints } from "#lib/doctor/field-mutations.ts";
import type { Writing } from "#lib/doctor/given.ts";
import type { Message } from "#lib/doctor/message.ts";
import type { Recipe } from "#lib/doctor/recipe.ts";

/** The kinds of signed message the doctor knows. */
export const SCHEMES = ["hipopay-request", "hipopay-notification", "xxpay", "mpgateway", "fengniao", "desk", "webhook"] as const;
export type SchemeId = (typeof SCHEMES)[number];

/** A message read by the rules of one scheme: what is signed and how, and the signature it carries. */
export interface Specimen {
  scheme: SchemeId;
  /** The document's rules over this message; the key is the account's. */
  recipe: Recipe;
  /** What the codec itself says is signed, without the key; the recipe's own text where the codec would refuse the message. */
  canonical: string;
  /** As it came; empty where it has none. */
  given: string;
  /** Each signature in it, where it may carry several (a webhook while its secrets rotate). */
  pieces: readonly string[];
  /** Where a signature belongs, as it is called on the wire. */
  place: string;
  writing: Writing;
  /** With which hash an RSA signature is made; null where a shared key signs. */
  rsa: "sha1" | "sha256" | null;
  /** Written otherwise but accepted: the other official SDKs' escapings. */
  alsoTaken: readonly Recipe[];
  hints: FieldHints;
  /** What is certainly wrong, whatever the signature says. */
  notes: readonly Cause[];
  /** When it was signed and for how long that is taken; null where the document sets no limit. */
  fresh: { at: Date; seconds: number } | null;
}

/** Reads a message by one scheme's rules; null when it is no such message at all. */
export type SpecimenReader = (message: Message, key: Recipe["key"], signType: "MD5" | "RSA") => Specimen | null;

export const NO_HINTS: FieldHints = { optional: [], headers: [] };
