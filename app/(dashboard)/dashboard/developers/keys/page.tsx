import type { Metadata } from "next";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { KeysTable } from "#components/dashboard/api-keys-table.tsx";
import { DevelopersHead } from "#components/dashboard/developers-tabs.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { listKeys } from "#db/queries/api-keys.ts";
import { currentLocale } from "#lib/action.ts";
import { SCOPES } from "#lib/api/scopes.ts";
import { can } from "#lib/auth.ts";
import { translator } from "#lib/i18n/translator.ts";

const HERE = "/dashboard/developers/keys";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "api")("keys.title") };
}

/** The keys a merchant's programs call the API with. */
export default async function KeysPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const screen = await openScreen(HERE, "view_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, user, locale } = screen;
  const t = translator(locale, "api");
  const [rows, { said }] = await Promise.all([listKeys(db(), merchant.id), searchParams]);
  const mayMake = can(user, merchant.id, "edit_developers");
  const making = { href: `${HERE}/new`, word: t("keys.make") };
  return (
    <>
      <DevelopersHead t={translator(locale, "developers")} here="keys" title={t("keys.title")} lead={t("keys.lead")}>
        <span className="flex flex-wrap gap-2">
          <a href="/docs/api" className={BUTTON.secondary}>
            {t("keys.docs")}
          </a>
          {rows.length > 0 && mayMake ? (
            <a href={making.href} className={BUTTON.primary}>
              {making.word}
            </a>
          ) : null}
        </span>
      </DevelopersHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {said === "refused" ? <Notice kind="problem">{t("keys.error.origin")}</Notice> : null}
        {rows.length === 0 ? (
          <Empty
            title={t("keys.empty")}
            text={t("keys.emptyText")}
            next={[...(mayMake ? [{ ...making, main: true }] : []), { href: "/docs/api", word: t("keys.docs") }]}
          />
        ) : (
          <KeysTable t={t} rows={rows} allScopes={SCOPES.length} reading={{ locale, timeZone: merchant.timeZone }} />
        )}
      </div>
    </>
  );
}
