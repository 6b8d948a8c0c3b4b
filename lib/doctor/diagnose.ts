import { rsaSha1Sign, rsaSha256Sign } from "#lib/crypto/rsa.ts";
import { base64Mutations, bodyMutations } from "#lib/doctor/blob-mutations.ts";
import type { Cause } from "#lib/doctor/causes.ts";
import { fieldMutations } from "#lib/doctor/field-mutations.ts";
import { formMutations } from "#lib/doctor/form-mutations.ts";
import { digestOf, fits, readingsOf, type Writing } from "#lib/doctor/given.ts";
import { keyMutations } from "#lib/doctor/key-mutations.ts";
import type { KeyRing } from "#lib/doctor/keys.ts";
import type { Mutation } from "#lib/doctor/mutation.ts";
import { fullText, type Recipe, signs } from "#lib/doctor/recipe.ts";
import { isPss } from "#lib/doctor/rsa-recovery.ts";
import { type Explanation, search } from "#lib/doctor/search.ts";
import type { Specimen } from "#lib/doctor/specimen.ts";
import { type Aim, aimOf } from "#lib/doctor/starts.ts";
import { valueMutations } from "#lib/doctor/value-mutations.ts";

/** A message read by one scheme, and the keys that may have signed it. */
export interface Case {
  specimen: Specimen;
  ring: KeyRing;
  /** Of a logged webhook: the body as it was sent; null where it is not known. */
  original: string | null;
  /** How this reading is called, for "it is another's": a gateway's id, `desk`, `webhook`. */
  name: string;
}

/**
 * What the doctor says. `right`: the signature fits. `explained`: it fits once `explanations[0]` is granted. `other_content`: the key is
 * right and no known mistake explains the text. `other_key`: none of the merchant's keys made it. `unknown`: a shared key's
 * signature tells not even that. `missing`: there is none.
 */
export interface Diagnosis {
  verdict: "right" | "explained" | "other_content" | "other_key" | "unknown" | "missing";
  specimen: Specimen;
  explanations: readonly Explanation[];
  /** Right, but worth saying: too old, letter case, what is odd about the message. */
  remarks: readonly Cause[];
  /** The signature the document asks for; null where only the gateway's private key could make it. */
  expected: string | null;
  name: string;
}

/** A search ends after so long. */
export const SEARCH_MS = 900;

/**
 * Why a signature does not fit. `cases[0]` is what the message is said to be; the others are what else it could be. Pure but
 * for `clock`; no key is in what it returns but inside recipes, which stay on the server (view.ts makes what is shown).
 */
export async function diagnose(
  cases: readonly [Case, ...Case[]],
  at: Date,
  clock: () => number = () => performance.now(),
): Promise<Diagnosis> {
  const [main, ...others] = cases;
  const base = { specimen: main.specimen, explanations: [], expected: expectedOf(main), name: main.name };
  if (main.specimen.given === "")
    return { ...base, verdict: "missing", remarks: [...main.specimen.notes, { id: "missing", form: main.specimen.place }] };
  const aim = aimOf(main.specimen, main.ring);
  const right = rightWith(main, aim);
  if (right) return { ...base, verdict: "right", remarks: [...right, ...main.specimen.notes, ...ageOf(main.specimen, at)] };
  const elsewhere = others.find((other) => other.specimen.given !== "" && rightWith(other, aimOf(other.specimen, other.ring)));
  if (elsewhere) {
    const causes: Cause[] = [{ id: "wrong_gateway", form: elsewhere.name }];
    return { ...base, verdict: "explained", explanations: [{ causes, recipe: elsewhere.specimen.recipe }], remarks: main.specimen.notes };
  }
  const until = clock() + SEARCH_MS;
  const found = await search(aim.starts, (recipe) => mutationsOf(main, recipe), aim.readings, { now: clock, until });
  const explanations = (found.length > 0 ? found : byPadding(main)).map(({ causes, recipe }) => ({
    causes: [...main.specimen.notes, ...causes],
    recipe,
  }));
  if (explanations.length > 0) return { ...base, verdict: "explained", explanations, remarks: [] };
  return { ...base, verdict: verdictOf(aim), remarks: [...main.specimen.notes, ...lengthRemark(main, aim)] };
}

/** Whether the signature fits as the message stands. */
export function isRight(one: Case): boolean {
  return one.specimen.given !== "" && rightWith(one, aimOf(one.specimen, one.ring)) !== null;
}

/** The causes to tolerate when the signature fits as it is, notes granted; null when it does not. */
function rightWith({ specimen }: Case, aim: Aim): Cause[] | null {
  if (specimen.notes.length > 0 && specimen.notes.some(({ id }) => id !== "bom")) return null;
  for (const { recipe, causes } of aim.starts) {
    if (causes.length > 0) continue;
    const reading = [recipe, ...specimen.alsoTaken.map((other) => ({ ...other, algorithm: recipe.algorithm }))]
      .map((one) => digestOf(one))
      .flatMap((digest) => aim.readings.filter((reading) => fits(digest, reading)))
      .find((reading) => reading.causes.every((cause) => cause.id === "hex_case"));
    if (reading) return [...reading.causes];
  }
  return null;
}

function mutationsOf({ specimen, ring, original }: Case, recipe: Recipe): Mutation[] {
  const { source } = recipe;
  const keys = keyMutations(recipe, ring.secrets);
  if (source.kind === "blob") {
    const blobs = specimen.scheme === "webhook" ? bodyMutations(source, original) : base64Mutations(source);
    return [...blobs, ...formMutations(recipe), ...keys];
  }
  const values = valueMutations(source.pairs, (pair) => signs(source, pair) || pair.value === "", source.escape !== "none");
  return [...values, ...fieldMutations(source, specimen.hints), ...formMutations(recipe), ...keys];
}

// RSA-PSS has no fixed digest to compare with: only the text itself can be asked about.
function byPadding({ specimen, ring }: Case): Explanation[] {
  if (specimen.rsa === null) return [];
  const readings = readingsOf(specimen.given, specimen.writing, [128, 256, 384, 512]);
  return isPss(fullText(specimen.recipe), readings, ring.rsa)
    ? [{ causes: [{ id: "algorithm", form: "RSA-PSS" }], recipe: specimen.recipe }]
    : [];
}

function verdictOf(aim: Aim): Diagnosis["verdict"] {
  if (aim.rsaKey === "known") return "other_content";
  return aim.rsaKey === "unknown" ? "other_key" : "unknown";
}

// An RSA signature of a length no key has was cut off, or is none: that is sure without any key.
function lengthRemark({ specimen, ring }: Case, aim: Aim): Cause[] {
  if (specimen.rsa === null || aim.rsaKey === "known" || ring.rsa.length === 0) return [];
  const whole = aim.readings.some(({ bytes }) => bytes.length >= 128);
  return whole ? [] : [{ id: "truncated" }];
}

function ageOf({ fresh }: Specimen, at: Date): Cause[] {
  if (!fresh) return [];
  const seconds = Math.round((at.getTime() - fresh.at.getTime()) / 1000);
  return Math.abs(seconds) > fresh.seconds ? [{ id: "too_old", form: `${seconds} s` }] : [];
}

function expectedOf({ specimen, ring }: Case): string | null {
  const { recipe, rsa, writing } = specimen;
  if (rsa === null) return recipe.key.text === "" ? null : written(digestOf(recipe), writing);
  const own = ring.rsa.find(({ relation, privatePem }) => relation === "own" && privatePem !== null);
  if (!own?.privatePem) return null;
  return (rsa === "sha1" ? rsaSha1Sign : rsaSha256Sign)(fullText(recipe), own.privatePem);
}

function written(digest: Buffer, writing: Writing): string {
  if (writing === "base64") return digest.toString("base64");
  const hex = digest.toString("hex");
  return writing === "HEX" ? hex.toUpperCase() : hex;
}
