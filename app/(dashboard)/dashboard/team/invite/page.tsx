import type { Metadata } from "next";
import { inviteMember } from "#app/(dashboard)/dashboard/team/actions.ts";
import { linkWords, roleField, teamActor } from "#app/(dashboard)/dashboard/team/words.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { InviteForm } from "#components/dashboard/invite-form.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { currentLocale } from "#lib/action.ts";
import { INVITATION_DAYS, rolesGivenBy } from "#lib/domain/team.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "team")("form.title") };
}

/** Asks somebody into the team. Offers the roles this person may give, and no others. */
export default async function InvitePage() {
  const screen = await openScreen("/dashboard/team/invite", "edit_team");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, user, locale } = screen;
  const t = translator(locale, "team");
  const roles = rolesGivenBy(teamActor(user, merchant.id));
  return (
    <BackFrame href="/dashboard/team" back={t("back")} title={t("form.title")} narrow>
      <p className="-mt-3 text-ink-soft">{t("form.lead", { days: INVITATION_DAYS })}</p>
      <InviteForm
        submit={inviteMember}
        merchantId={merchant.id}
        fields={[
          { kind: "text", name: "email", type: "email", label: t("form.email"), hint: t("form.emailHint"), value: "" },
          roleField(t, roles, ""),
        ]}
        confirm={confirmView(user, locale)}
        words={{ submit: t("form.submit"), busy: t("working") }}
        link={linkWords(t)}
      />
    </BackFrame>
  );
}
