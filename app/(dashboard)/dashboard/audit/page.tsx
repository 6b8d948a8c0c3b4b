import type { Metadata } from "next";
import { checkNow } from "#app/(dashboard)/dashboard/audit/actions.ts";
import { auditHref, readAddress } from "#app/(dashboard)/dashboard/audit/filter.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { AuditFilter } from "#components/dashboard/audit-filter.tsx";
import { AuditStanding } from "#components/dashboard/audit-standing.tsx";
import { AuditTable } from "#components/dashboard/audit-table.tsx";
import { ScreenHead } from "#components/dashboard/chips.tsx";
import { toHome } from "#components/dashboard/next-steps.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { auditActors, listAudit } from "#db/queries/dashboard-audit.ts";
import { daySpan } from "#db/queries/dashboard-endpoints.ts";
import { currentLocale } from "#lib/action.ts";
import { auditStanding } from "#lib/audit/standing.ts";
import { AUDIT_ACTIONS } from "#lib/domain/audit.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "audit")("title") };
}

/** Who did what: every privileged action, proven row by row. A platform admin also sees what belongs to no merchant. */
export default async function AuditPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const screen = await openScreen("/dashboard/audit", "view_audit");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, user, locale, t: common } = screen;
  const t = translator(locale, "audit");
  const { address, cursor, bad } = readAddress(await searchParams);
  const scope = { merchantId: merchant.id, platform: user.platformAdmin };
  const days = await daySpan(db(), address, merchant.timeZone);
  const [page, actors, standing] = await Promise.all([
    listAudit(db(), scope, { ...address, ...days }, cursor),
    auditActors(db(), scope),
    auditStanding(db()),
  ]);
  const reading = { locale, timeZone: merchant.timeZone };
  const filtered = Object.values(address).some(Boolean);
  const words = { apply: common("common.apply"), clear: common("common.clear"), filter: common("common.filter") };
  return (
    <>
      <ScreenHead title={t("title")} lead={t("lead")} />
      <AuditStanding t={t} standing={standing} reading={reading} merchantId={merchant.id} submit={checkNow} />
      {bad.length > 0 ? (
        <Notice kind="problem">{t("filter.bad", { fields: bad.map((one) => t(`field.${one}`)).join(", ") })}</Notice>
      ) : null}
      <AuditFilter
        {...{ t, words, address, actors, actions: AUDIT_ACTIONS, timeZone: merchant.timeZone }}
        clear={filtered ? auditHref({}) : null}
      />
      {page.rows.length === 0 ? (
        <Empty
          title={t(filtered ? "none" : "empty")}
          text={t(filtered ? "noneText" : "emptyText")}
          next={[filtered ? { href: "/dashboard/audit", word: common("common.clear") } : toHome(common)]}
        />
      ) : (
        <>
          <AuditTable t={t} rows={page.rows} reading={reading} />
          <Pager
            label={common("common.pages")}
            first={{ href: auditHref(address), word: common("common.first") }}
            newer={{ href: page.newer && auditHref(address, page.newer), word: common("common.newer") }}
            older={{ href: page.older && auditHref(address, page.older), word: common("common.older") }}
          />
        </>
      )}
    </>
  );
}
