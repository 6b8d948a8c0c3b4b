"use server";
import type { EmbedFormState } from "#components/dashboard/embed-form.tsx";
import { db } from "#db/client.ts";
import { updateEmbedOrigins } from "#db/queries/embed-origins.ts";
import { currentLocale } from "#lib/action.ts";
import { can, fromOwnPage, merchantsOf, requireUser } from "#lib/auth.ts";
import { EMBED_ORIGINS_MAX, readEmbedOrigins } from "#lib/domain/embed.ts";
import { translator } from "#lib/i18n/translator.ts";

/** Longer than the longest list can be. */
const TEXT_MAX = 8000;

/** Sets whose pages may show the merchant's checkout in a frame; what was typed survives a problem. */
export async function saveOrigins(_before: EmbedFormState, form: FormData): Promise<EmbedFormState> {
  const locale = await currentLocale();
  const problem = translator(locale, "problem");
  const t = translator(locale, "embed");
  const user = await requireUser("/dashboard/developers/embed");
  const text = String(form.get("origins") ?? "").slice(0, TEXT_MAX);
  if (!(await fromOwnPage())) return { text, problem: problem("origin_mismatch"), done: null };
  const merchant = (await merchantsOf(user)).find((one) => one.id === form.get("merchant"));
  if (!merchant || !can(user, merchant.id, "edit_developers")) return { text, problem: problem("forbidden"), done: null };
  const read = readEmbedOrigins(text);
  if (!read.ok) return { text, problem: t(`origins.${read.problem}`, { entry: read.entry, most: EMBED_ORIGINS_MAX }), done: null };
  await updateEmbedOrigins(db(), merchant.id, read.origins);
  return { text: read.origins.join("\n"), problem: null, done: t("origins.saved") };
}
