"use server";
import { redirect } from "next/navigation";
import { inputOf, readLinkForm } from "#app/(dashboard)/dashboard/links/read-form.ts";
import type { LinkFormState } from "#components/dashboard/links-form.tsx";
import { currentLocale } from "#lib/action.ts";
import { can, fromOwnPage, merchantsOf, requireUser } from "#lib/auth.ts";
import type { Problem } from "#lib/domain/errors.ts";
import { translator } from "#lib/i18n/translator.ts";
import { createLink } from "#lib/payments/create-link.ts";
import { editLink } from "#lib/payments/edit-link.ts";
import { reactivateLink, retireLink } from "#lib/payments/retire-link.ts";

const HERE = "/dashboard/links";

/** The merchant a form is about, when its sender may edit that merchant's links; null otherwise. */
async function editable(form: FormData): Promise<{ id: string; timeZone: string } | null> {
  const user = await requireUser(HERE);
  if (!(await fromOwnPage())) return null;
  const merchant = (await merchantsOf(user)).find((one) => one.id === form.get("merchant"));
  return merchant && can(user, merchant.id, "edit_links") ? merchant : null;
}

/** Makes a link, or edits one; a problem comes back at its input with all that was typed. */
export async function saveLink(_before: LinkFormState, form: FormData): Promise<LinkFormState> {
  const locale = await currentLocale();
  const t = translator(locale, "links");
  const merchant = await editable(form);
  const values = Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
  if (!merchant) return { problem: t("form.origin"), errors: {}, values };
  const { link, rows } = readLinkForm(form, merchant.timeZone);
  const linkId = String(form.get("link") ?? "");
  const { slug: _fixed, ...change } = link;
  const saved = linkId
    ? await editLink({ merchantId: merchant.id, linkId, change })
    : await createLink({ merchantId: merchant.id, live: form.get("live") === "on", link });
  if (saved.ok) redirect(`${HERE}/${saved.value.id}?said=${linkId ? "saved" : "created"}`);
  const words = sentenceOf(saved.problem, translator(locale, "problem"));
  if (saved.problem.code === "link_not_found") return { problem: words, errors: {}, values };
  return { problem: t("form.problems"), errors: { [inputOf(saved.problem, rows)]: words }, values };
}

/** Closes a link or opens it again. */
export async function moveLink(form: FormData): Promise<void> {
  const merchant = await editable(form);
  const linkId = String(form.get("link") ?? "");
  const retire = form.get("to") === "retired";
  const at = `${HERE}/${encodeURIComponent(linkId)}`;
  if (!merchant) redirect(`${at}?said=refused`);
  const which = { merchantId: merchant.id, linkId };
  const moved = retire ? await retireLink(which) : await reactivateLink(which);
  redirect(moved.ok ? `${at}?said=${retire ? "retired" : "reopened"}` : HERE);
}

function sentenceOf(problem: Problem, t: ReturnType<typeof translator<"problem">>): string {
  return t(problem.code, { min: "", max: "", label: "", taken: "", ...problem.values });
}
