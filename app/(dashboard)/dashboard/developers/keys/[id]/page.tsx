import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { revoke, roll } from "#app/(dashboard)/dashboard/developers/keys/actions.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { RollKeyForm } from "#components/dashboard/api-key-roll.tsx";
import { keyWords } from "#components/dashboard/api-key-words.ts";
import { KeyState, keyFace, ModeBadge } from "#components/dashboard/api-keys-table.tsx";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { Moment } from "#components/dashboard/moment.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Badge } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";
import { db } from "#db/client.ts";
import { listKeys } from "#db/queries/api-keys.ts";
import { currentLocale } from "#lib/action.ts";
import { OVERLAP_HOURS } from "#lib/api/keys.ts";
import { can } from "#lib/auth.ts";
import { env } from "#lib/env.ts";
import { translator } from "#lib/i18n/translator.ts";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ said?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "api")("keys.facts") };
}

/** One key: what it may do and when it was used, and the two ways to end it. The key itself is not kept. */
export default async function KeyPage({ params, searchParams }: Props) {
  const screen = await openScreen("/dashboard/developers/keys", "view_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, user, locale } = screen;
  const [{ id }, { said }] = await Promise.all([params, searchParams]);
  const key = (await listKeys(db(), merchant.id)).find((one) => one.id === id);
  if (!key) notFound();
  const t = translator(locale, "api");
  const reading = { locale, timeZone: merchant.timeZone };
  const hidden = { merchant: merchant.id, key: key.id };
  const facts: [string, React.ReactNode][] = [
    [t("keys.key"), <Face key="face" t={t} row={key} />],
    [t("keys.state"), <KeyState key="state" t={t} row={key} reading={reading} />],
    ...(key.replacedBy
      ? [[t("keys.replaced"), <Replacement key="by" id={key.replacedBy} word={t("keys.open")} />] as [string, React.ReactNode]]
      : []),
    [t("keys.lastUsed"), key.lastUsedAt ? <Moment key="used" at={key.lastUsedAt} reading={reading} /> : t("keys.never")],
    [t("keys.created"), <Moment key="made" at={key.createdAt} reading={reading} />],
    [t("keys.creator"), key.creator ?? t("requests.none")],
    [t("keys.rate"), t("keys.perMinute", { count: key.ratePerMinute })],
  ];
  return (
    <BackFrame href="/dashboard/developers/keys" back={t("keys.back")} title={key.name} narrow>
      {said === "revoked" ? <Notice kind="done">{t("keys.revokedDone")}</Notice> : null}
      <section className={`${CARD} grid gap-4`} aria-label={t("keys.facts")}>
        <dl className="grid grid-cols-[minmax(0,1fr)] gap-x-5 gap-y-1 text-sm sm:grid-cols-[minmax(7rem,auto)_minmax(0,1fr)] sm:gap-y-2">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-soft">{name}</dt>
              <dd className="mb-1.5 min-w-0 sm:mb-0">{value}</dd>
            </div>
          ))}
          <dt className="text-ink-soft">{t("keys.scopes")}</dt>
          <dd className="flex flex-wrap gap-1.5">
            {key.scopes.map((scope) => (
              <Badge key={scope} tone="quiet">
                <span className="font-mono">{scope}</span>
              </Badge>
            ))}
          </dd>
        </dl>
        <div>
          <a href={`/dashboard/developers/requests?key=${key.id}`} className={BUTTON.small}>
            {t("keys.requests")}
          </a>
        </div>
      </section>
      {key.working && can(user, merchant.id, "edit_developers") ? (
        <>
          <section className={`${CARD} grid gap-3`} aria-labelledby="roll">
            <h2 id="roll" className="font-semibold">
              {t("keys.rollTitle")}
            </h2>
            <p className="max-w-prose text-sm text-ink-soft">{t("keys.rollText")}</p>
            <RollKeyForm
              submit={roll}
              hidden={hidden}
              hours={OVERLAP_HOURS}
              origin={env().PUBLIC_URL}
              confirm={confirmView(user, locale)}
              words={keyWords(locale)}
            />
          </section>
          <section className={`${CARD} grid gap-3`} aria-labelledby="revoke">
            <h2 id="revoke" className="font-semibold">
              {t("keys.revokeTitle")}
            </h2>
            <p className="max-w-prose text-sm text-ink-soft">{t("keys.revokeText")}</p>
            <form action={revoke}>
              {Object.entries(hidden).map(([name, value]) => (
                <input key={name} type="hidden" name={name} value={value} />
              ))}
              <Submit look="danger" busy={t("keys.busy")}>
                {t("keys.revoke")}
              </Submit>
            </form>
          </section>
        </>
      ) : null}
    </BackFrame>
  );
}

function Face({ t, row }: { t: Parameters<typeof ModeBadge>[0]["t"]; row: Parameters<typeof keyFace>[0] }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <span className="font-mono text-[13px]">{keyFace(row)}</span> <ModeBadge t={t} live={row.live} />
    </span>
  );
}

function Replacement({ id, word }: { id: string; word: string }) {
  return (
    <a href={`/dashboard/developers/keys/${id}`} className={LINK}>
      {word}
    </a>
  );
}
