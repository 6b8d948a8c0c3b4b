import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { StaffProblem } from "#lib/staff.ts";

/**
 * Why an action was not done, in the reader's language; null when the person must prove themselves first, which ConfirmPerson
 * says at its own fields (give it the problem).
 */
export async function refusalText(problem: StaffProblem): Promise<string | null> {
  const t = translator(await currentLocale(), "problem");
  if (problem === "origin") return t("origin_mismatch");
  return problem === "forbidden" ? t("forbidden") : null;
}
