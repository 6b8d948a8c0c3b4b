import type { Cause } from "#lib/doctor/causes.ts";
import { algorithmsOf, type Reading, readingsOf } from "#lib/doctor/given.ts";
import { RELATION_CAUSE } from "#lib/doctor/key-mutations.ts";
import type { KeyRing } from "#lib/doctor/keys.ts";
import type { Algorithm, Recipe } from "#lib/doctor/recipe.ts";
import { recover, signatureBytes } from "#lib/doctor/rsa-recovery.ts";
import type { Start } from "#lib/doctor/search.ts";
import type { Specimen } from "#lib/doctor/specimen.ts";

/** Where a search begins, and what it looks for. */
export interface Aim {
  starts: Start[];
  readings: readonly Reading[];
  /** RSA only: whether one of the known keys made the signature. Null where a shared key signs. */
  rsaKey: "known" | "unknown" | null;
}

const NAMES: Readonly<Record<string, string>> = { md5: "MD5", sha1: "SHA-1", sha256: "SHA-256", sha512: "SHA-512" };

/**
 * What the given signature can have been made with: by its length the algorithms, by the RSA padding the key and the hash. What
 * differs from the document is a cause already.
 */
export function aimOf(specimen: Specimen, ring: KeyRing): Aim {
  const lengths = [...new Set(ring.rsa.map(({ publicPem }) => signatureBytes(publicPem)).filter((length) => length > 0))];
  const readings = specimen.pieces.flatMap((piece) => readingsOf(piece, specimen.writing, lengths));
  const recovered = recover(
    readings.filter(({ bytes }) => lengths.includes(bytes.length)),
    ring.rsa,
  );
  if (recovered) {
    const { key, hash, digest, reading } = recovered;
    const causes: Cause[] = key.relation === "own" ? [] : [{ id: RELATION_CAUSE[key.relation], form: key.label }];
    if (specimen.rsa === null) causes.push({ id: "algorithm", form: `RSA, ${NAMES[hash]}` });
    else if (hash !== specimen.rsa) causes.push({ id: "algorithm", form: `RSA, ${NAMES[hash]}` });
    const aimed: Reading = { bytes: digest, causes: reading.causes, from: 0, partial: false };
    const start = { recipe: { ...specimen.recipe, algorithm: hash }, causes };
    // seeds/004: RSA there covers the key too; others sign the bare text.
    const bare =
      specimen.recipe.keyForm === "none"
        ? []
        : [{ recipe: { ...start.recipe, keyForm: "none" as const }, causes: [...causes, KEY_MISSING] }];
    return { starts: [start, ...bare], readings: [aimed], rsaKey: "known" };
  }
  const starts = lengthsOf(readings).flatMap((length) => algorithmsOf(length).flatMap((algorithm) => startsWith(specimen, algorithm)));
  // Where RSA is due and something else was made, hex is how that is written.
  const shared = specimen.rsa === null ? readings : specimen.pieces.flatMap((piece) => readingsOf(piece, "hex"));
  return { starts, readings: shared, rsaKey: specimen.rsa === null ? null : "unknown" };
}

const KEY_MISSING: Cause = { id: "key_missing", form: "none" };

function lengthsOf(readings: readonly Reading[]): number[] {
  const whole = readings.filter(({ partial }) => !partial).map(({ bytes }) => bytes.length);
  // A piece may be one of any digest's.
  return [...new Set(readings.some(({ partial }) => partial) ? [...whole, 16, 20, 32] : whole)];
}

function startsWith({ recipe, rsa }: Specimen, algorithm: Algorithm): Start[] {
  if (rsa === null && algorithm === recipe.algorithm) return [{ recipe, causes: [] }];
  const cause: Cause = {
    id: "algorithm",
    form: algorithm
      .replace(/md5|sha\d+/, (hash) => NAMES[hash] ?? hash)
      .replace("hmac-", "HMAC-")
      .replace("double-", "2 × "),
  };
  const forms: Recipe["keyForm"][] = algorithm.startsWith("hmac-")
    ? ["none", "&key="]
    : recipe.keyForm === "none"
      ? ["key behind", "&key=", "key before", "none"]
      : [recipe.keyForm];
  return forms.map((keyForm) => ({ recipe: { ...recipe, algorithm, keyForm }, causes: [cause] }));
}
