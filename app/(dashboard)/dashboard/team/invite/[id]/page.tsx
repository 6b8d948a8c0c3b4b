import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { resendInvitation, withdrawInvitation } from "#app/(dashboard)/dashboard/team/actions.ts";
import { linkWords, teamActor } from "#app/(dashboard)/dashboard/team/words.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { FactList } from "#components/dashboard/fact-list.tsx";
import { ResendForm } from "#components/dashboard/invite-form.tsx";
import { Moment } from "#components/dashboard/moment.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { StaffForm } from "#components/dashboard/staff-form-view.tsx";
import { InvitationState } from "#components/dashboard/team-tables.tsx";
import { CARD } from "#components/ui/card.ts";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { readInvitation } from "#db/queries/invitations.ts";
import { currentLocale } from "#lib/action.ts";
import { INVITATION_DAYS, invitationStanding, rolesGivenBy } from "#lib/domain/team.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "team")("invitations.title") };
}

/** One invitation: how it stands, a new link for it, the end of it. */
export default async function InvitationPage({ params }: { params: Promise<{ id: string }> }) {
  const screen = await openScreen("/dashboard/team", "edit_team");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, user, locale } = screen;
  const row = await readInvitation(db(), merchant.id, (await params).id);
  if (!row) notFound();
  const t = translator(locale, "team");
  const standing = invitationStanding(row, row.now);
  const over = row.acceptedAt !== null || row.withdrawnAt !== null;
  const may = rolesGivenBy(teamActor(user, merchant.id)).includes(row.role);
  const hidden = { merchant: merchant.id, invitation: row.id };
  const confirm = confirmView(user, locale);
  return (
    <BackFrame href="/dashboard/team" back={t("back")} title={t("one.invitation", { email: row.email })} narrow>
      <section className={CARD}>
        <FactList
          facts={[
            [t("role"), t(`role_${row.role}`)],
            [t("invitations.state"), <InvitationState key="state" t={t} row={{ standing, mailed: row.mailedAt !== null }} />],
            [t("invitations.by"), row.inviter.name],
            [t("invitations.until"), <Moment key="until" at={row.expiresAt} reading={{ locale, timeZone: merchant.timeZone }} />],
          ]}
        />
      </section>
      {over ? <Notice kind="hint">{t("one.gone")}</Notice> : null}
      {!over && !may ? <Notice kind="hint">{t("problem.forbidden")}</Notice> : null}
      {!over && may ? (
        <>
          <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-3`} aria-labelledby="resend">
            <h2 id="resend" className="font-semibold">
              {t("one.resendTitle")}
            </h2>
            <p className="max-w-prose text-sm text-ink-soft">{t("one.resendText", { days: INVITATION_DAYS })}</p>
            <ResendForm
              submit={resendInvitation}
              hidden={hidden}
              confirm={confirm}
              label={t("one.resend")}
              busy={t("working")}
              link={linkWords(t)}
            />
          </section>
          <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-3`} aria-labelledby="withdraw">
            <h2 id="withdraw" className="font-semibold">
              {t("one.withdrawTitle")}
            </h2>
            <p className="max-w-prose text-sm text-ink-soft">{t("one.withdrawText")}</p>
            <StaffForm
              id="withdraw"
              submit={withdrawInvitation}
              hidden={hidden}
              confirm={confirm}
              look="danger"
              label={t("one.withdraw")}
              busy={t("working")}
            />
          </section>
        </>
      ) : null}
    </BackFrame>
  );
}
