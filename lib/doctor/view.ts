import type { Cause } from "#lib/doctor/causes.ts";
import type { Diagnosis } from "#lib/doctor/diagnose.ts";
import { diff, type Piece } from "#lib/doctor/diff.ts";
import type { Examined } from "#lib/doctor/examine.ts";
import { insideOf } from "#lib/doctor/read-shared-key.ts";
import { ESCAPES, fullText, KEY_FORMS, type Recipe, signs } from "#lib/doctor/recipe.ts";
import type { SchemeId } from "#lib/doctor/specimen.ts";

/** What stands where a key would be. */
export const KEY_SHOWN = "•••";
/** More of a text is not drawn. */
const SHOWN_MAX = 6000;
const FIELDS_MAX = 60;

/** One step of the rule, with what it leaves. `names`: fields it is about. */
export interface Step {
  id: "read" | "left_out" | "sorted" | "escaped" | "joined" | "taken" | "framed" | "timestamp" | "key" | "hashed";
  text: string;
  count: number;
}

/** A diagnosis as a page shows it: no key, no recipe. Texts are on the wire's own words; causes are worded by the page. */
export interface DoctorView {
  /** `masked`: personal values are masked in the log, so a signature over them cannot be checked. */
  verdict: Diagnosis["verdict"] | "masked";
  scheme: SchemeId;
  family: string;
  holder: { title: string; live: boolean | null } | null;
  causes: readonly Cause[];
  /** Other explanations that fit as well. */
  others: readonly (readonly Cause[])[];
  remarks: readonly Cause[];
  steps: readonly Step[];
  /** What the rule signs, and what was signed; the same where nothing is known of the latter. */
  rule: readonly Piece[];
  signed: readonly Piece[] | null;
  expected: string | null;
  given: readonly Piece[];
  givenText: string;
}

/** What may be shown of an examination. `hide`: values of a logged message that nobody reads in records. */
export function viewOf({ diagnosis, holder }: Examined, hide: readonly string[] = []): DoctorView {
  const { specimen, explanations, expected } = diagnosis;
  const verdict = diagnosis.verdict !== "right" && isMasked(specimen.recipe.source) ? "masked" : diagnosis.verdict;
  const [first, ...others] = verdict === "masked" ? [] : explanations;
  const covered = (text: string) => cut(hide.reduce((all, value) => all.replaceAll(value, "***"), text));
  const own = specimen.recipe.key.text;
  const rule = covered(shown(specimen.recipe, own));
  const other = first ? covered(shown(first.recipe, own)) : null;
  const texts = other === null ? null : diff(rule, other);
  const signatures = expected === null ? null : diff(expected, specimen.given);
  return {
    ...{ verdict, scheme: specimen.scheme, family: diagnosis.name, expected },
    holder: holder && { title: holder.title, live: holder.live },
    causes: first?.causes ?? [],
    others: others.map(({ causes }) => causes),
    remarks: diagnosis.remarks,
    steps: stepsOf(specimen.recipe, specimen.rsa, covered),
    rule: texts?.left ?? [{ text: rule, same: true }],
    signed: texts?.right ?? null,
    given: signatures?.right ?? [{ text: specimen.given, same: true }],
    givenText: specimen.given,
  };
}

function isMasked(source: Recipe["source"]): boolean {
  if (source.kind === "pairs") return source.pairs.some(({ value }) => value.includes("***"));
  return source.blob.includes("***") || (insideOf(source.blob)?.includes("***") ?? false);
}

// The key never stands in a text; what was put around it by mistake does.
function shown(recipe: Recipe, own: string): string {
  if (recipe.keyForm === "none") return fullText(recipe, "");
  const { text } = recipe.key;
  return fullText(recipe, own !== "" && text.includes(own) ? text.replace(own, KEY_SHOWN) : KEY_SHOWN);
}

function cut(text: string): string {
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

function stepsOf(recipe: Recipe, rsa: "sha1" | "sha256" | null, covered: (text: string) => string): Step[] {
  const { source, keyForm, algorithm } = recipe;
  const hashed: Step = { id: "hashed", count: 0, text: rsa === null ? algorithm.toUpperCase() : `RSA, ${rsa.toUpperCase()}` };
  const key: Step[] = keyForm === "none" ? [] : [{ id: "key", count: 0, text: KEY_FORMS[keyForm]("…", KEY_SHOWN) }];
  if (source.kind === "blob")
    return [
      { id: "taken", count: source.blob.length, text: covered(source.blob) },
      ...(source.before === "" ? [] : [{ id: "framed" as const, count: 0, text: `${source.before}…` }]),
      ...key,
      hashed,
    ];
  const signed = source.pairs.filter((pair) => signs(source, pair));
  const left = source.pairs.filter((pair) => !signs(source, pair)).map(({ name }) => name);
  const write = ESCAPES[source.escape];
  const lines = (pairs: readonly { name: string; value: string }[]) =>
    pairs
      .slice(0, FIELDS_MAX)
      .map(({ name, value }) => `${name} = ${value}`)
      .join("\n");
  const names = signed.map(({ name }) => name).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return [
    { id: "read", count: source.pairs.length, text: covered(lines(source.pairs)) },
    ...(left.length === 0 ? [] : [{ id: "left_out" as const, count: left.length, text: left.join(", ") }]),
    { id: "sorted", count: names.length, text: names.join(", ") },
    ...(source.escape === "none"
      ? []
      : [
          {
            id: "escaped" as const,
            count: 0,
            text: covered(lines(signed.map(({ name, value }) => ({ name: write(name), value: write(value) })))),
          },
        ]),
    { id: "joined", count: 0, text: covered(cut(fullText({ ...recipe, keyForm: "none", source: { ...source, tail: "" } }))) },
    ...(source.tail === "" ? [] : [{ id: "timestamp" as const, count: 0, text: `…${source.tail}` }]),
    ...key,
    hashed,
  ];
}
