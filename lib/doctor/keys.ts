/**
 * A key the doctor may try. It never leaves the server: of a key only `label` is shown. `relation` says what it would mean if
 * this were the one that signed.
 */
export interface Key {
  label: string;
  relation: "own" | "other_mode" | "other_account" | "other_gateway" | "other_kind" | "placeholder";
  /** As it stands in a signed text. */
  text: string;
  /** As an HMAC takes it; the text's bytes where it is not said. */
  bytes?: Uint8Array;
}

/** An RSA key: the public half, and the private one where it is ours. */
export interface RsaKey {
  label: string;
  relation: Key["relation"];
  publicPem: string;
  privatePem: string | null;
}

/** Whom a message may be from: the account's own keys first, and every other one its merchant has. */
export interface KeyRing {
  secrets: readonly Key[];
  rsa: readonly RsaKey[];
}

/** No key at all: where none is known, rules can still be shown. */
export const NO_KEY: Key = { label: "", relation: "own", text: "" };
