"use server";
import { refusalText } from "#app/(dashboard)/refusal.ts";
import type { EmbedFormState } from "#components/dashboard/embed-form.tsx";
import { db, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { updateEmbedOrigins } from "#db/queries/embed-origins.ts";
import { currentLocale } from "#lib/action.ts";
import { EMBED_ORIGINS_MAX, readEmbedOrigins } from "#lib/domain/embed.ts";
import { translator } from "#lib/i18n/translator.ts";
import { openAction } from "#lib/staff.ts";

/** Longer than the longest list can be. */
const TEXT_MAX = 8000;

/** Sets whose pages may show the merchant's checkout in a frame; what was typed survives a problem. */
export async function saveOrigins(_before: EmbedFormState, form: FormData): Promise<EmbedFormState> {
  const locale = await currentLocale();
  const t = translator(locale, "embed");
  const text = String(form.get("origins") ?? "").slice(0, TEXT_MAX);
  const opened = await openAction("embed.save", form);
  if (!opened.ok) return { text, problem: await refusalText(opened.problem), done: null };
  const { merchant, actor } = opened;
  const read = readEmbedOrigins(text);
  if (!read.ok) return { text, problem: t(`origins.${read.problem}`, { entry: read.entry, most: EMBED_ORIGINS_MAX }), done: null };
  await inTransaction(db(), async (tx) => {
    await updateEmbedOrigins(tx, merchant.id, read.origins);
    const [target, detail] = [{ kind: "merchant", id: merchant.id }, { origins: read.origins.join(" ") }];
    await appendAudit(tx, { actor, merchantId: merchant.id, action: "embed.save", target, detail });
  });
  return { text: read.origins.join("\n"), problem: null, done: t("origins.saved") };
}
