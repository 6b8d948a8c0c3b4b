import type { Metadata } from "next";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { ScreenHead } from "#components/dashboard/chips.tsx";
import { toHome } from "#components/dashboard/next-steps.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { InvitationsTable, MembersTable } from "#components/dashboard/team-tables.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { listInvitations } from "#db/queries/invitations.ts";
import { readSettings } from "#db/queries/merchant-settings.ts";
import { listMembers } from "#db/queries/team.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { invitationStanding } from "#lib/domain/team.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "team")("title") };
}

const SAID = ["role", "removed", "signed_out", "withdrawn"] as const;

/** Who looks after a merchant, and who was asked to. */
export default async function TeamPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const screen = await openScreen("/dashboard/team", "view_team");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, user, locale } = screen;
  const t = translator(locale, "team");
  const [members, invitations, settings, search] = await Promise.all([
    listMembers(db(), merchant.id),
    listInvitations(db(), merchant.id),
    readSettings(db(), merchant.id),
    searchParams,
  ]);
  const mayInvite = can(user, merchant.id, "edit_team");
  const inviting = { href: "/dashboard/team/invite", word: t("invite") };
  const said = SAID.find((one) => one === search.said);
  const reading = { locale, timeZone: merchant.timeZone };
  const lines = invitations.map((row) => ({
    ...row,
    inviter: row.inviter.name,
    mailed: row.mailedAt !== null,
    standing: invitationStanding(row, row.now),
  }));
  // Then the way on stands in the middle of the screen, and only there.
  const alone = members.length <= 1 && lines.length === 0;
  return (
    <>
      <ScreenHead title={t("title")} lead={t("lead", { merchant: merchant.name })}>
        {mayInvite && !alone ? (
          <a href={inviting.href} className={BUTTON.primary}>
            {inviting.word}
          </a>
        ) : null}
      </ScreenHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {said ? <Notice kind="done">{t(`said.${said}`)}</Notice> : null}
        <MembersTable t={t} rows={members} own={user.id} requireTwoStep={settings?.requireTotp ?? false} reading={reading} />
        {lines.length > 0 ? (
          <section aria-labelledby="invitations" className="grid grid-cols-[minmax(0,1fr)] gap-2">
            <h2 id="invitations" className="font-semibold">
              {t("invitations.title")}
            </h2>
            <InvitationsTable t={t} rows={lines} reading={reading} />
          </section>
        ) : null}
        {alone ? (
          <Empty title={t("list.alone")} text={t("list.aloneText")} next={[mayInvite ? { ...inviting, main: true } : toHome(screen.t)]} />
        ) : null}
      </div>
    </>
  );
}
