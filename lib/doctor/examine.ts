import type { Database } from "#db/client.ts";
import { readDeliveryBody } from "#db/queries/doctor.ts";
import { type Case, type Diagnosis, diagnose, isRight } from "#lib/doctor/diagnose.ts";
import { guessSchemes } from "#lib/doctor/guess.ts";
import { FAMILIES, type Holder, ringFor } from "#lib/doctor/holders.ts";
import { NO_KEY } from "#lib/doctor/keys.ts";
import { type Message, PASTE_MAX, readMessage } from "#lib/doctor/message.ts";
import { readHolders } from "#lib/doctor/read-holders.ts";
import { formOf } from "#lib/doctor/read-shared-key.ts";
import { READERS } from "#lib/doctor/readers.ts";
import type { SchemeId } from "#lib/doctor/specimen.ts";

/** What is wrong with what was pasted, before anything can be said of a signature. */
export type PasteProblem = "empty" | "too_long" | "unreadable" | "holder_gone";

export interface Examined {
  diagnosis: Diagnosis;
  /** Whose keys it was held against; null where the merchant has none of that kind. */
  holder: Pick<Holder, "id" | "title" | "live" | "family"> | null;
}

/** So many other readings are tried for "this is another gateway's". */
const OTHERS_MAX = 40;

/**
 * Says why a message's signature does not fit, by the keys of this merchant alone. `holderId` says whose it should be, or null:
 * found by what stands in the message. Nothing is stored, sent or logged; ends within a second.
 */
export async function examine(
  database: Database,
  merchantId: string,
  input: { text: string; holderId: string | null; at: Date },
): Promise<{ ok: true; value: Examined } | { ok: false; problem: PasteProblem }> {
  if (input.text.trim() === "") return { ok: false, problem: "empty" };
  if (input.text.length > PASTE_MAX) return { ok: false, problem: "too_long" };
  const holders = await readHolders(database, merchantId);
  const chosen = input.holderId === null ? null : holders.find(({ id }) => id === input.holderId);
  if (chosen === undefined) return { ok: false, problem: "holder_gone" };
  const message = readMessage(input.text);
  const original = await originalOf(database, merchantId, message);
  const [main, ...others] = casesOf(message, chosen, holders, original);
  if (!main || (main.item.specimen.given === "" && !/[={:]/.test(input.text))) return { ok: false, problem: "unreadable" };
  const diagnosis = await diagnose([main.item, ...others.map(({ item }) => item)], input.at);
  // Nobody said whose it is: the holder whose key it turned out to be is the one, and its key no mistake.
  const signer = chosen === null ? signerOf(diagnosis, main, holders) : null;
  const again = signer && caseOf(message, main.item.specimen.scheme, signer, holders, original);
  if (again) return { ok: true, value: withheld({ diagnosis: await diagnose([again], input.at), holder: signer }) };
  return { ok: true, value: withheld({ diagnosis, holder: main.holder }) };
}

/**
 * A gateway account's key signs refunds and payouts, which not everybody who may ask here may send: what it would sign is told
 * only where it has been signed already. The other keys are their readers' own, and were shown to them.
 */
function withheld({ diagnosis, holder }: Examined): Examined {
  const account = holder?.id.startsWith("acc_") === true;
  return { holder, diagnosis: account && diagnosis.verdict !== "right" ? { ...diagnosis, expected: null } : diagnosis };
}

interface Held {
  item: Case;
  holder: Holder | null;
}

function signerOf({ explanations }: Diagnosis, main: Held, holders: readonly Holder[]): Holder | null {
  const [first] = explanations;
  const cause = first?.causes.find(({ id }) => id === "key_other_mode" || id === "key_other_account");
  if (!first || !cause) return null;
  const same = holders.filter((one) => one.family === main.holder?.family && one !== main.holder);
  const secret = first.recipe.key.text;
  return same.find((one) => secret !== "" && one.secret === secret) ?? same.find(({ title }) => title === cause.form) ?? null;
}

/** The readings of a message: what it is said or looks to be first, then whatever else it may be. */
export function casesOf(message: Message, chosen: Holder | null, holders: readonly Holder[], original: string | null): Held[] {
  const guesses = guessSchemes(message);
  const fitting = chosen ? guesses.filter((scheme) => FAMILIES[scheme].includes(chosen.family)) : guesses;
  const order = [...fitting, ...guesses.filter((scheme) => !fitting.includes(scheme))];
  const found: Held[] = [];
  for (const scheme of order) {
    const family = holders.filter((one) => FAMILIES[scheme].includes(one.family));
    const near = chosen && FAMILIES[scheme].includes(chosen.family) ? [chosen] : byNearness(message, family);
    for (const holder of near.length > 0 ? near : [null]) {
      const item = caseOf(message, scheme, holder, holders, original);
      if (item && (item.specimen.given !== "" || found.length === 0)) found.push({ item, holder });
    }
  }
  // Nobody said whose it is: the one whose key fits.
  const right = chosen === null ? found.find(({ item }) => isRight(item)) : undefined;
  return (right ? [right, ...found.filter((one) => one !== right)] : found).slice(0, OTHERS_MAX);
}

function caseOf(
  message: Message,
  scheme: SchemeId,
  holder: Holder | null,
  holders: readonly Holder[],
  original: string | null,
): Case | null {
  // fengniao signs calls with the caller's key and notices with the gateway's: only a call has a method.
  const call = scheme === "hipopay-request" || (scheme === "fengniao" && formOf(message).pairs.some(({ name }) => name === "method"));
  const ring = ringFor(holder, call ? "caller" : "gateway", holders);
  const key = ring.secrets.find(({ relation }) => relation === "own") ?? NO_KEY;
  const specimen = READERS[scheme](message, key, holder?.signType ?? "MD5");
  return (
    specimen && { specimen, ring, original: scheme === "webhook" ? original : null, name: holder?.family ?? FAMILIES[scheme][0] ?? scheme }
  );
}

// Named in the message, or in its path, before the others.
function byNearness(message: Message, holders: readonly Holder[]): Holder[] {
  const text = `${message.path}\n${message.query}\n${message.body}\n${[...message.headers.values()].join("\n")}`;
  const near = (one: Holder) => (message.path.includes(one.id) ? 2 : 0) + (one.numbers.some((number) => text.includes(number)) ? 1 : 0);
  return holders.toSorted((a, b) => near(b) - near(a));
}

/** The exact body of one of the merchant's own deliveries, by the `webhook-id` it was sent under. */
async function originalOf(database: Database, merchantId: string, message: Message): Promise<string | null> {
  const id = message.headers.get("webhook-id") ?? "";
  if (!/^[\w-]{1,64}$/.test(id)) return null;
  return (await readDeliveryBody(database, merchantId, id))?.body ?? null;
}
