"use server";
import { redirect } from "next/navigation";
import { inputOf, readLinkForm } from "#app/(dashboard)/dashboard/links/read-form.ts";
import { refusalText } from "#app/(dashboard)/refusal.ts";
import type { LinkFormState } from "#components/dashboard/links-form.tsx";
import { db } from "#db/client.ts";
import { auditing } from "#db/queries/audit.ts";
import { currentLocale } from "#lib/action.ts";
import type { Problem } from "#lib/domain/errors.ts";
import { translator } from "#lib/i18n/translator.ts";
import { createLink } from "#lib/payments/create-link.ts";
import { editLink } from "#lib/payments/edit-link.ts";
import { reactivateLink, retireLink } from "#lib/payments/retire-link.ts";
import { openAction } from "#lib/staff.ts";

const HERE = "/dashboard/links";

/** Makes a link, or edits one; a problem comes back at its input with all that was typed. */
export async function saveLink(_before: LinkFormState, form: FormData): Promise<LinkFormState> {
  const locale = await currentLocale();
  const t = translator(locale, "links");
  const linkId = String(form.get("link") ?? "");
  const action = linkId ? "links.edit" : "links.create";
  const opened = await openAction(action, form);
  const values = Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
  if (!opened.ok) return { problem: await refusalText(opened.problem), errors: {}, values };
  const { merchant, actor } = opened;
  const { link, rows } = readLinkForm(form, merchant.timeZone);
  const { slug: _fixed, ...change } = link;
  const live = form.get("live") === "on";
  const detail = { title: String(link.title ?? ""), amount: String(link.amount ?? ""), currency: String(link.currency ?? "") };
  const also = auditing({ actor, merchantId: merchant.id, action, detail: linkId ? detail : { ...detail, live } }, "link");
  const saved = linkId
    ? await editLink({ merchantId: merchant.id, linkId, change }, db(), also)
    : await createLink({ merchantId: merchant.id, live, link }, db(), also);
  if (saved.ok) redirect(`${HERE}/${saved.value.id}?said=${linkId ? "saved" : "created"}`);
  const words = sentenceOf(saved.problem, translator(locale, "problem"));
  if (saved.problem.code === "link_not_found") return { problem: words, errors: {}, values };
  return { problem: t("form.problems"), errors: { [inputOf(saved.problem, rows)]: words }, values };
}

/** Closes a link or opens it again. */
export async function moveLink(form: FormData): Promise<void> {
  const linkId = String(form.get("link") ?? "");
  const retire = form.get("to") === "retired";
  const at = `${HERE}/${encodeURIComponent(linkId)}`;
  const action = retire ? "links.retire" : "links.reopen";
  const opened = await openAction(action, form);
  if (!opened.ok) redirect(`${at}?said=refused`);
  const { merchant, actor } = opened;
  const also = auditing({ actor, merchantId: merchant.id, action, detail: {} }, "link");
  const moved = await (retire ? retireLink : reactivateLink)({ merchantId: merchant.id, linkId }, db(), also);
  redirect(moved.ok ? `${at}?said=${retire ? "retired" : "reopened"}` : HERE);
}

function sentenceOf(problem: Problem, t: ReturnType<typeof translator<"problem">>): string {
  return t(problem.code, { min: "", max: "", label: "", taken: "", ...problem.values });
}
