import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { endSessions, giveRole, takeOut } from "#app/(dashboard)/dashboard/team/actions.ts";
import { roleField, teamActor } from "#app/(dashboard)/dashboard/team/words.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { FactList } from "#components/dashboard/fact-list.tsx";
import { Moment, type Reading } from "#components/dashboard/moment.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { StaffForm } from "#components/dashboard/staff-form-view.tsx";
import { MemberState, TwoStep } from "#components/dashboard/team-tables.tsx";
import { CARD } from "#components/ui/card.ts";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { readSettings } from "#db/queries/merchant-settings.ts";
import { type MemberRow, readMember } from "#db/queries/team.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { changeProblem, maySignOut, ROLES_DOWN, removeProblem } from "#lib/domain/team.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "team")("title") };
}

/** More owners than the rules count to: whether there is another one is decided under the team's lock. */
const OTHERS = 2;

/** One member: what they may do, and what may be done about them. */
export default async function MemberPage(props: { params: Promise<{ id: string }>; searchParams: Promise<{ said?: string }> }) {
  const screen = await openScreen("/dashboard/team", "view_team");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, user, locale } = screen;
  const [row, settings] = await Promise.all([readMember(db(), merchant.id, (await props.params).id), readSettings(db(), merchant.id)]);
  if (!row) notFound();
  const t = translator(locale, "team");
  const search = await props.searchParams;
  const said = (["role", "signed_out"] as const).find((one) => one === search.said);
  const actor = teamActor(user, merchant.id);
  const roles = ROLES_DOWN.filter((role) => changeProblem(actor, row, role, OTHERS) === null);
  const may = {
    role: roles.some((role) => role !== row.role),
    signOut: maySignOut(actor, row),
    remove: removeProblem(actor, row, OTHERS) === null,
  };
  const common = { hidden: { merchant: merchant.id, member: row.id }, confirm: confirmView(user, locale), busy: t("working") };
  const own = row.id === user.id;
  return (
    <BackFrame href="/dashboard/team" back={t("back")} title={row.name} narrow>
      {said ? <Notice kind="done">{t(`said.${said}`)}</Notice> : null}
      <section className={CARD}>
        <MemberFacts t={t} row={row} required={settings?.requireTotp ?? false} reading={{ locale, timeZone: merchant.timeZone }} />
      </section>
      {can(user, merchant.id, "edit_team") && !may.role && !may.signOut && !may.remove ? (
        <Notice kind="hint">{t("member.none")}</Notice>
      ) : null}
      {may.role ? (
        <Part id="role" title={t("member.roleTitle")} text={t("member.roleText")}>
          <StaffForm id="role" submit={giveRole} {...common} fields={[roleField(t, roles, row.role)]} label={t("member.roleSave")} />
        </Part>
      ) : null}
      {may.signOut ? (
        <Part id="sign-out" title={t("member.signOutTitle")} text={t(own ? "member.signOutOwn" : "member.signOutText")}>
          <StaffForm id="sign-out" submit={endSessions} {...common} label={t("member.signOut")} />
        </Part>
      ) : null}
      {may.remove ? (
        <Part
          id="remove"
          title={t(own ? "member.leave" : "member.removeTitle")}
          text={t(own ? "member.leaveText" : "member.removeText", { merchant: merchant.name })}
        >
          <StaffForm id="remove" submit={takeOut} {...common} look="danger" label={t(own ? "member.leave" : "member.remove")} />
        </Part>
      ) : null}
    </BackFrame>
  );
}

function MemberFacts({ t, row, required, reading }: { t: Translator<"team">; row: MemberRow; required: boolean; reading: Reading }) {
  return (
    <FactList
      facts={[
        [t("form.email"), row.email],
        [t("role"), t(`role_${row.role}`)],
        [t("list.state"), <MemberState key="state" t={t} row={row} />],
        [t("list.twoStep"), <TwoStep key="twoStep" t={t} on={row.twoStep} required={required} />],
        [t("list.seen"), row.lastSeenAt ? <Moment key="seen" at={row.lastSeenAt} reading={reading} /> : t("list.never")],
        [t("member.sessions"), t("member.sessionsCount", { count: row.sessions })],
        [t("member.joined"), <Moment key="joined" at={row.joinedAt} reading={reading} />],
      ]}
    />
  );
}

function Part({ id, title, text, children }: { id: string; title: string; text: string; children: React.ReactNode }) {
  return (
    <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-3`} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="font-semibold">
        {title}
      </h2>
      <p className="max-w-prose text-sm text-ink-soft">{text}</p>
      {children}
    </section>
  );
}
