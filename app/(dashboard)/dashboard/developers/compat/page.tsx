import type { Metadata } from "next";
import { makeKey, revokeKey, rollKey } from "#app/(dashboard)/dashboard/developers/compat/actions.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { CompatForm, type CompatWords } from "#components/dashboard/compat-form.tsx";
import { CompatKeys, type ShownKey } from "#components/dashboard/compat-keys.tsx";
import { CompatMap, type MapRow } from "#components/dashboard/compat-map.tsx";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { DevelopersHead } from "#components/dashboard/developers-tabs.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { type ListedKey, listCompatKeys } from "#db/queries/compat-keys.ts";
import { listAccounts } from "#db/queries/dashboard-accounts.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { COMPAT_GATEWAYS, compatGatewayById, compatRoot } from "#lib/compat/gateways.ts";
import { compatMap } from "#lib/compat/map.ts";
import { env } from "#lib/env.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "compat")("title") };
}

/** Keys for shops that were written for one of the five gateways: where to point them, what they get, what they do not. */
export default async function CompatPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const screen = await openScreen("/dashboard/developers/compat", "view_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, user, locale } = screen;
  const t = translator(locale, "compat");
  const common = { live: screen.t("common.live"), test: screen.t("common.test") };
  const [keys, accounts, { said }] = await Promise.all([listCompatKeys(db(), merchant.id), listAccounts(db(), merchant.id), searchParams]);
  const mayEdit = can(user, merchant.id, "edit_developers");
  const [words, confirm] = [wordsOf(t), confirmView(user, locale)];
  const choices = accounts
    .filter(({ active }) => active)
    .map(({ id, title, live }) => ({ id, label: `${title} · ${live ? common.live : common.test}` }));
  return (
    <>
      <DevelopersHead t={translator(locale, "developers")} here="compat" title={t("title")} lead={t("lead")} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        {said === "revoked" ? <Notice kind="done">{t("list.done")}</Notice> : null}
        {mayEdit ? (
          <section aria-labelledby="new" className="grid grid-cols-[minmax(0,1fr)] gap-3">
            <h2 id="new" className="font-semibold">
              {t("new.title")}
            </h2>
            <CompatForm
              submit={makeKey}
              merchantId={merchant.id}
              gateways={COMPAT_GATEWAYS.map(({ id }) => ({ id, title: titleOf(id) }))}
              accounts={choices}
              confirm={confirm}
              words={words}
            />
          </section>
        ) : null}
        <section aria-labelledby="keys" className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <h2 id="keys" className="font-semibold">
            {t("list.title")}
          </h2>
          {keys.length === 0 ? (
            <Empty
              title={t("list.empty")}
              text={t("list.emptyText")}
              next={[mayEdit ? { href: "#new", word: t("new.title") } : { href: "#map", word: t("map.title") }]}
            />
          ) : null}
          <CompatKeys
            t={t}
            common={common}
            keys={keys.map(shownKey)}
            merchantId={merchant.id}
            reading={{ locale, timeZone: merchant.timeZone }}
            confirm={confirm}
            words={words}
            actions={mayEdit ? { roll: rollKey, revoke: revokeKey } : null}
          />
        </section>
        <section aria-labelledby="map" className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <div className="grid gap-1">
            <h2 id="map" className="font-semibold">
              {t("map.title")}
            </h2>
            <p className="max-w-prose text-sm text-ink-soft">{t("map.lead")}</p>
          </div>
          <CompatMap t={t} rows={compatMap().map((row): MapRow => ({ ...row, title: titleOf(row.id) }))} />
          <p className="max-w-prose text-sm text-ink-soft">{t("map.limits")}</p>
        </section>
      </div>
    </>
  );
}

function titleOf(id: string): string {
  return gatewayById(id)?.title ?? id;
}

function shownKey(key: ListedKey): ShownKey {
  const gateway = compatGatewayById(key.gateway);
  const names = gateway?.names ?? { caller: "caller", merchant: "merchant", app: null };
  const numbers: (readonly [string, string])[] = [[names.caller, key.callerNo]];
  if (names.merchant !== names.caller) numbers.push([names.merchant, key.merchantNo]);
  if (names.app && key.appId) numbers.push([names.app, key.appId]);
  return {
    ...{ id: key.id, gateway: key.gateway, gatewayTitle: titleOf(key.gateway), live: key.live, numbers },
    address: compatRoot(env().PUBLIC_URL, key.gateway),
    container:
      gateway?.container && key.pageUrl ? `${compatRoot(env().PUBLIC_URL, key.gateway)}/container?merchant_no=${key.merchantNo}` : null,
    gatewayKey: key.gatewayPublicKey,
    signsByRsa: gateway?.keys !== "secret",
    accountTitle: key.accountTitle,
    ...{ createdAt: key.createdAt, rolledAt: key.rolledAt, revokedAt: key.revokedAt, lastUsedAt: key.lastUsedAt },
  };
}

function wordsOf(t: Translator<"compat">): CompatWords {
  const fresh = ["gateway", "mode", "test", "testHint", "live", "liveHint", "account", "anyAccount", "accountHint"] as const;
  const more = ["pageUrl", "pageUrlHint", "publicKey", "publicKeyHint", "make", "busy"] as const;
  const once = ["made", "rolled", "address", "privateKey", "gatewayKey", "copy", "copied"] as const;
  return {
    ...(Object.fromEntries([...fresh, ...more].map((name) => [name, t(`new.${name}`)])) as Record<
      (typeof fresh)[number] | (typeof more)[number],
      string
    >),
    ...(Object.fromEntries(once.map((name) => [name, t(`once.${name}`)])) as Record<(typeof once)[number], string>),
    // The name is known where the secret is.
    secret: t("once.secret", { name: "{name}" }),
  };
}
