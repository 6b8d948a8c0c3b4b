import type { DoctorResult, ResultWords } from "#components/dashboard/doctor-result.tsx";
import { type Cause, type CauseId, tolerated } from "#lib/doctor/causes.ts";
import type { DoctorView } from "#lib/doctor/view.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"doctor">;

const TONES = {
  right: "good",
  explained: "bad",
  other_content: "wait",
  other_key: "wait",
  unknown: "wait",
  missing: "wait",
  masked: "wait",
} as const;
/** Causes whose `form` is a name or a value of the wire; of the others it is a word of our own, said by the fix. */
const NAMED: ReadonlySet<CauseId> = new Set([
  ...["key_other_mode", "key_other_account", "key_other_gateway", "key_other_kind", "number_format", "number_exponent", "amount_unit"],
  ...["timestamp_unit", "algorithm", "key_joined", "join_form", "html_escaped", "plus_or_space", "charset", "null_written", "too_old"],
] as CauseId[]);

/** A view in the reader's language. */
export function worded(t: T, view: DoctorView): DoctorResult {
  const scheme = t(`scheme.${view.scheme}`);
  const holder = view.holder ? `${view.holder.title}${modeOf(t, view.holder.live)}` : t("noHolder");
  return {
    tone: TONES[view.verdict],
    title: t(`verdict.${view.verdict}`),
    text: t(`verdictText.${view.verdict}`),
    by: t("by", { scheme, holder }),
    causes: view.causes.filter((cause) => !tolerated(cause)).map((cause) => ({ ...sentences(t, cause), about: about(t, cause) })),
    also: view.others.map((causes) =>
      causes.map((cause) => [t(`cause.${cause.id}.title`), about(t, cause)].filter(Boolean).join(" ")).join("; "),
    ),
    remarks: [...view.remarks, ...view.causes.filter(tolerated)].map((cause) => {
      const { title, fix } = sentences(t, cause);
      return [title, about(t, cause), fix].filter(Boolean).join(" · ");
    }),
    rule: view.rule,
    signed: view.signed,
    expected: view.expected,
    given: view.given,
    steps: view.steps.map(({ id, count, text }) => ({ title: t(`steps.${id}`, { count }), text })),
  };
}

function sentences(t: T, { id, form = "" }: Cause) {
  return { title: t(`cause.${id}.title`, { form }), fix: t(`cause.${id}.fix`, { form }).replaceAll("`", "") };
}

function about(t: T, { id, field, form }: Cause): string {
  const word = `variation.${id}.${form}` as "variation.key_blank.tab";
  const named = form === undefined ? "" : t.has(word) ? t(word) : field !== undefined || NAMED.has(id) ? form : "";
  return [field === undefined ? "" : t("fieldIs", { field }).replaceAll("`", ""), named].filter(Boolean).join(": ");
}

/** ` (test)`, ` (live)`, or nothing where there is no such difference. */
export function modeOf(t: T, live: boolean | null): string {
  return live === null ? "" : ` (${t(live ? "form.live" : "form.test")})`;
}

/** The words around a finding. */
export function resultWords(t: T): ResultWords {
  return {
    ...{ also: t("also"), and: t("and_"), remark: t("remark"), rule: t("rule"), signed: t("signed"), signedUnknown: t("signedUnknown") },
    ...{ expected: t("expected"), given: t("given"), cannot: t("cannot"), steps: t("steps.title"), legend: t("legend") },
    ...{ secret: t("secret"), copy: t("copy"), copied: t("copied") },
  };
}
