import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { ModeBadge } from "#components/dashboard/api-keys-table.tsx";
import { StatusBadge } from "#components/dashboard/api-requests-table.tsx";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { Raw } from "#components/dashboard/fold.tsx";
import { Moment } from "#components/dashboard/moment.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { CARD } from "#components/ui/card.ts";
import { Code } from "#components/ui/code.tsx";
import { LINK } from "#components/ui/link.ts";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { readRequest } from "#db/queries/api-requests.ts";
import { currentLocale } from "#lib/action.ts";
import { isApiCode } from "#lib/api/problems.ts";
import { bodiesOf } from "#lib/api/request-log.ts";
import { problemSentence, problemTitle } from "#lib/api/words.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "api")("requests.one") };
}

/** One request: who asked, what came back and why, and both bodies as they may be read. */
export default async function RequestPage({ params }: { params: Promise<{ id: string }> }) {
  const screen = await openScreen("/dashboard/developers/requests", "view_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, locale } = screen;
  const row = await readRequest(db(), merchant.id, (await params).id);
  if (!row) notFound();
  const t = translator(locale, "api");
  const bodies = bodiesOf(row);
  const copy = { label: screen.t("common.copy", { what: t("requests.id") }), done: screen.t("common.copied") };
  const none = t("requests.none");
  const facts: [string, React.ReactNode][] = [
    [t("requests.status"), <StatusBadge key="status" status={row.status} />],
    [t("requests.at"), <Moment key="at" at={row.at} reading={{ locale, timeZone: merchant.timeZone }} />],
    [t("requests.duration"), t("requests.ms", { ms: row.durationMs })],
    [t("requests.operation"), row.operation === "" ? none : <Anchored key="operation" id={row.operation} />],
    [t("requests.key"), <KeyLink key="key" id={row.keyId} name={row.keyName ?? none} mark={<ModeBadge t={t} live={row.live} />} />],
    [t("requests.id"), <Code key="id" text={row.id} copy={copy} keep={8} />],
    [t("requests.idempotencyKey"), row.idempotencyKey ?? none],
    [t("requests.from"), row.ip],
    [t("requests.agent"), row.userAgent || none],
  ];
  return (
    <BackFrame href="/dashboard/developers/requests" back={t("requests.back")} title={`${row.method} ${row.path}`}>
      {row.code && isApiCode(row.code) ? (
        <Notice kind={row.status < 500 ? "hint" : "problem"}>
          <p className="font-medium">
            {problemTitle(row.code, locale)} <span className="font-mono text-xs font-normal">{row.code}</span>
            {row.param ? <span className="font-normal"> · {t("requests.param", { param: row.param })}</span> : null}
          </p>
          <p className="mt-1">
            {problemSentence(row.code, locale)
              .replaceAll(/\{\w+\}/g, row.param ?? "…")
              .replaceAll("`", "")}
          </p>
          <a href={`/docs/api#problem-${row.code}`} className="mt-1 inline-block underline underline-offset-3">
            {t("requests.explain")}
          </a>
        </Notice>
      ) : null}
      {row.replayed ? <Notice kind="hint">{t("requests.replayed")}</Notice> : null}
      <section className={CARD} aria-label={t("requests.facts")}>
        <dl className="grid grid-cols-[minmax(0,1fr)] gap-x-5 gap-y-1 text-sm sm:grid-cols-[auto_minmax(0,1fr)] sm:gap-y-2 lg:grid-cols-[auto_minmax(0,1fr)_auto_minmax(0,1fr)]">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-soft">{name}</dt>
              <dd className="mb-1.5 min-w-0 break-words sm:mb-0">{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-2">
        <Raw label={t("requests.requestBody")} text={bodies.request ?? t("requests.noBody")} />
        <Raw label={t("requests.responseBody")} text={bodies.response ?? t("requests.noBody")} />
      </div>
    </BackFrame>
  );
}

function Anchored({ id }: { id: string }) {
  return (
    <a href={`/docs/api#${id}`} className="font-mono text-xs text-jade underline underline-offset-3">
      {id}
    </a>
  );
}

function KeyLink({ id, name, mark }: { id: string; name: string; mark: React.ReactNode }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <a href={`/dashboard/developers/keys/${id}`} className={LINK}>
        {name}
      </a>
      {mark}
    </span>
  );
}
