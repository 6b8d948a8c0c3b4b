"use server";
import { refusalText } from "#app/(dashboard)/refusal.ts";
import { standingText } from "#components/dashboard/audit-words.ts";
import type { Outcome } from "#components/ui/outcome-form.tsx";
import { db } from "#db/client.ts";
import { currentLocale } from "#lib/action.ts";
import { checkAudit } from "#lib/audit/standing.ts";
import { translator } from "#lib/i18n/translator.ts";
import { rateLimiter } from "#lib/rate-limit.ts";
import { openAction } from "#lib/staff.ts";

const limiter = rateLimiter();
/** Each walks the whole chain. */
const RATE = { most: 1, perMs: 10_000 };

/** Walks the whole audit now and says whether it is as it was written. Changes nothing but what is known of it. */
export async function checkNow(_before: Outcome | null, form: FormData): Promise<Outcome> {
  const t = translator(await currentLocale(), "audit");
  const opened = await openAction("audit.check", form);
  if (!opened.ok) return { kind: "problem", text: (await refusalText(opened.problem)) ?? "" };
  const found = limiter.allow("audit", RATE) ? await checkAudit(db(), "all") : null;
  if (!found) return { kind: "problem", text: t("standing.soon") };
  if (found.ok) return { kind: "done", text: t("standing.whole", { rows: found.end.sequence }) };
  return { kind: "problem", text: standingText(t, found.problem) };
}
