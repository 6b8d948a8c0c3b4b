import type { InviteState } from "#components/dashboard/invite-form.tsx";
import { db } from "#db/client.ts";
import type { MerchantRow } from "#db/queries/dashboard-merchants.ts";
import { noteMailed } from "#db/queries/invitations.ts";
import type { MerchantRole } from "#lib/domain/permission.ts";
import { INVITATION_DAYS } from "#lib/domain/team.ts";
import { env } from "#lib/env.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import { isLocale } from "#lib/i18n/locale.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { sendMail } from "#lib/mail.ts";
import { tokenHash } from "#lib/team/invitations.ts";

interface Sending {
  title: string;
  role: MerchantRole;
  user: { name: string };
  merchant: Pick<MerchantRow, "name" | "locale" | "timeZone">;
  /** The language of whoever reads the screen; the mail is in the merchant's. */
  t: Translator<"team">;
}

/**
 * What the screen shows of a fresh invitation. It is sent by e-mail where a mail server is set up; a mail that fails takes
 * nothing back, the link can always be handed over. Call it after the commit.
 */
export async function sendInvitation(
  made: { id: string; token: string; email: string },
  { title, role, user, merchant, t }: Sending,
): Promise<NonNullable<InviteState["link"]>> {
  const url = `${env().PUBLIC_URL}/invite/${made.token}`;
  const locale = isLocale(merchant.locale) ? merchant.locale : "en";
  const m = translator(locale, "team");
  const until = formatMoment(new Date(Date.now() + INVITATION_DAYS * 86_400_000), locale, merchant.timeZone);
  const named = { inviter: user.name, merchant: merchant.name };
  const text = m("mail.text", { ...named, role: m(`role_${role}`), until, link: url });
  const sent = await sendMail({ to: made.email, subject: m("mail.subject", named), text });
  if (sent.ok) await noteMailed(db(), made.id, tokenHash(made.token));
  const mail = sent.ok ? "link.mailed" : sent.problem === "not_configured" ? "link.not_configured" : "link.not_sent";
  return { url, title, mailed: sent.ok, mail: t(mail, { email: made.email }) };
}
