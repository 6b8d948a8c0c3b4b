import type { Metadata } from "next";
import { cache } from "react";
import { joinByInvitation, signUpByInvitation } from "#app/(auth)/invite/[token]/actions.ts";
import { JoinForm, SignUpForm } from "#components/dashboard/join-forms.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import type { InvitationRow } from "#db/queries/invitations.ts";
import { readMember } from "#db/queries/team.ts";
import { currentLocale } from "#lib/action.ts";
import { currentUser, type User } from "#lib/auth.ts";
import { INVITATION_DAYS } from "#lib/domain/team.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { invitationOf } from "#lib/team/invitations.ts";

interface Props {
  params: Promise<{ token: string }>;
}

const found = cache((token: string) => invitationOf(db(), token));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, invitation] = await Promise.all([words(), found((await params).token)]);
  const standing = invitation?.standing ?? "unknown";
  // The page's Referrer-Policy keeps the link from everybody else (lib/csp.ts).
  return { title: standing === "open" ? t("join.title", { merchant: invitation?.row.merchantName ?? "" }) : t(`join.${standing}_title`) };
}

/** Where an invitation's link leads: in, or to why it does not. Looking changes nothing. */
export default async function InvitedPage({ params }: Props) {
  const { token } = await params;
  const [t, invitation, user, locale] = await Promise.all([words(), found(token), currentUser(), currentLocale()]);
  if (invitation?.standing !== "open") return <Closed t={t} standing={invitation?.standing ?? "unknown"} />;
  const { row } = invitation;
  return (
    <>
      <div className="grid gap-1">
        <h1 className="text-2xl font-semibold break-words">{t("join.title", { merchant: row.merchantName })}</h1>
        <p className="text-ink-soft">{t("join.lead", { inviter: row.inviter.name, role: t(`role_${row.role}`) })}</p>
        <p className="text-xs text-ink-soft">{t("join.until", { until: formatMoment(row.expiresAt, locale, row.timeZone) })}</p>
      </div>
      {user ? await signedIn(t, user, row, token) : <Stranger t={t} row={row} token={token} />}
    </>
  );
}

async function words(): Promise<Translator<"team">> {
  return translator(await currentLocale(), "team");
}

function Closed({ t, standing }: { t: Translator<"team">; standing: "unknown" | "expired" | "used" | "withdrawn" }) {
  return (
    <>
      <div className="grid gap-2">
        <h1 className="text-2xl font-semibold">{t(`join.${standing}_title`)}</h1>
        <p className="text-ink-soft">{t(`join.${standing}`, { days: INVITATION_DAYS })}</p>
      </div>
      <a href="/sign-in" className={BUTTON.secondary}>
        {t("join.toSignIn")}
      </a>
    </>
  );
}

// For somebody signed in it depends on who they are; nothing here tells about anybody else's account.
async function signedIn(t: Translator<"team">, user: User, row: InvitationRow, token: string) {
  if (await readMember(db(), row.merchantId, user.id)) {
    return (
      <>
        <Notice kind="done">{t("join.already_member", { merchant: row.merchantName })}</Notice>
        <a href="/dashboard" className={BUTTON.primary}>
          {t("join.open")}
        </a>
      </>
    );
  }
  if (row.email.toLowerCase() !== user.email.toLowerCase()) {
    return (
      <>
        <Notice kind="problem">{t("join.other_email", { email: user.email })}</Notice>
        <a href="/dashboard" className={BUTTON.secondary}>
          {t("join.open")}
        </a>
      </>
    );
  }
  return (
    <>
      <p>{t("join.signedInAs", { email: user.email })}</p>
      <JoinForm submit={joinByInvitation} token={token} words={{ submit: t("join.joinAs"), busy: t("working") }} />
    </>
  );
}

// Drawn alike whether or not the e-mail has an account.
function Stranger({ t, row, token }: { t: Translator<"team">; row: InvitationRow; token: string }) {
  const signIn = `/sign-in?next=${encodeURIComponent(`/invite/${token}`)}`;
  return (
    <>
      <SignUpForm
        submit={signUpByInvitation}
        token={token}
        email={row.email}
        words={{
          email: t("join.email"),
          name: t("join.name"),
          nameHint: t("join.nameHint"),
          password: t("join.password"),
          passwordHint: t("join.passwordHint"),
          again: t("join.again"),
          submit: t("join.submit"),
          busy: t("working"),
        }}
      />
      <p className="border-t border-line pt-4 text-sm text-ink-soft">
        {t("join.have")}{" "}
        <a href={signIn} className="inline-flex min-h-11 items-center text-jade underline underline-offset-3">
          {t("join.signIn")}
        </a>
      </p>
    </>
  );
}
