import type { ReasonState } from "#components/dashboard/reason-form.tsx";
import { currentLocale } from "#lib/action.ts";
import type { ProblemCode } from "#lib/domain/errors.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

/** A form's reason, as it was typed, fit to be kept. */
export function reasonOf(form: FormData): string {
  return String(form.get("reason") ?? "")
    .replaceAll("\0", "")
    .slice(0, 200);
}

/** A reason form that is drawn again: what was typed, and why it was not done, at the reason where it is about that. */
export async function refusedReason(reason: string, code: ProblemCode): Promise<ReasonState> {
  const words: Translator<"problem"> = translator(await currentLocale(), "problem");
  const message = words(code as "forbidden");
  return { reason, chosen: "", field: code === "reason_missing" ? "reason" : null, message, confirm: null };
}
