"use server";
import { redirect } from "next/navigation";
import type { MailFormState } from "#components/dashboard/alert-mail.tsx";
import { db, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { removeMailSettings, writeMailSettings } from "#db/queries/mail-settings.ts";
import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";
import { isMailbox, isMailUrl, sendThrough } from "#lib/mail.ts";
import { openAction } from "#lib/staff.ts";

const HERE = "/dashboard/alerts?of=installation";
const URL_MAX = 500;
const SENDER_MAX = 200;

/** Sends a mail to whoever sets the server, through it, and keeps the server when it took that mail. */
export async function saveMailServer(_before: MailFormState, form: FormData): Promise<MailFormState> {
  const opened = await openAction("alerts.mail_save", form);
  const t = translator(await currentLocale(), "alerts");
  const [url, sender] = ["url", "sender"].map((name) => String(form.get(name) ?? "").trim()) as [string, string];
  const refused = (field: string | null, problem: string, confirm: string | null = null): MailFormState => ({
    field,
    problem,
    confirm,
    sender,
  });
  if (!opened.ok) {
    const confirm = opened.problem.startsWith("confirm_") ? opened.problem : null;
    return refused(null, t(`problems.${opened.problem}`), confirm);
  }
  if (url.length > URL_MAX || !isMailUrl(url)) return refused("url", t("mail.problems.url"));
  const address = /<([^<>]+)>$/.exec(sender)?.[1] ?? sender;
  if (sender.length > SENDER_MAX || /\p{Cc}/u.test(sender) || !isMailbox(address)) return refused("sender", t("problems.sender"));
  const { user, actor } = opened;
  const mail = { to: user.email, subject: t("mail.testSubject"), text: t("mail.testText", { name: user.name }) };
  const sent = await sendThrough({ url, sender }, mail);
  if (!sent.ok) return refused("url", [t(`mail.problems.${sent.problem}`), sent.detail].filter(Boolean).join(" "));
  await inTransaction(db(), async (tx) => {
    await writeMailSettings(tx, { url, sender }, user.id);
    const detail = { host: new URL(url).host, sender };
    await appendAudit(tx, { actor, merchantId: null, action: "alerts.mail_save", target: null, detail });
  });
  redirect(`${HERE}&said=mail`);
}

export interface MailRemoved {
  problem: string | null;
  confirm: string | null;
}

/** Forgets the mail server that was set here. */
export async function removeMailServer(_before: MailRemoved, form: FormData): Promise<MailRemoved> {
  const opened = await openAction("alerts.mail_remove", form);
  const t = translator(await currentLocale(), "alerts");
  if (!opened.ok)
    return { problem: t(`problems.${opened.problem}`), confirm: opened.problem.startsWith("confirm_") ? opened.problem : null };
  await inTransaction(db(), async (tx) => {
    await removeMailSettings(tx);
    await appendAudit(tx, { actor: opened.actor, merchantId: null, action: "alerts.mail_remove", target: null, detail: {} });
  });
  redirect(`${HERE}&said=mailRemoved`);
}
