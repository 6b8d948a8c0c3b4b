import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { rollSecret, switchEndpoint, testEndpoint } from "#app/(dashboard)/dashboard/developers/endpoints/actions.ts";
import { openScreen, type Screen } from "#app/(dashboard)/screen.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { DeliveriesTable } from "#components/dashboard/deliveries-table.tsx";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { RollForm } from "#components/dashboard/endpoint-secret.tsx";
import { EndpointFacts, EndpointSwitches, EndpointTrouble } from "#components/dashboard/endpoint-view.tsx";
import { endpointWords } from "#components/dashboard/endpoint-words.ts";
import { problemWords } from "#components/dashboard/problem-words.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { CARD } from "#components/ui/card.ts";
import { Notice } from "#components/ui/notice.tsx";
import { OutcomeForm } from "#components/ui/outcome-form.tsx";
import { db } from "#db/client.ts";
import { listDeliveries } from "#db/queries/dashboard-deliveries.ts";
import { type EndpointRow, readEndpoint } from "#db/queries/dashboard-endpoints.ts";
import { validSecrets } from "#db/queries/endpoints.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "webhooks")("endpoints.one") };
}

const HERE = "/dashboard/developers/endpoints";
const SAID = { saved: "saved", enable: "enabled", disable: "stopped" } as const;
/** Of the newest: the deliveries screen has them all. */
const SHOWN = 20;

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ said?: string; problem?: string }>;
}

/** One endpoint: how it does, a test, its secret, its switches, and what it was sent last. */
export default async function EndpointPage({ params, searchParams }: Address) {
  const { id } = await params;
  const screen = await openScreen(`${HERE}/${encodeURIComponent(id)}`, "view_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const row = await readEndpoint(db(), screen.merchant.id, id);
  if (!row) notFound();
  const { locale, merchant } = screen;
  const t = translator(locale, "webhooks");
  const { said, problem } = await searchParams;
  const done = said && Object.hasOwn(SAID, said) ? SAID[said as keyof typeof SAID] : null;
  const refused = problemWords(translator(locale, "problem"), problem);
  const reading = { locale, timeZone: merchant.timeZone };
  const endpoint = {
    ...row,
    formatName: row.format === "standard" ? t("endpoints.standard") : (gatewayById(row.format)?.title ?? row.format),
  };
  return (
    <BackFrame href={HERE} back={t("endpoints.back")} title={row.url}>
      {done ? <Notice kind="done">{t(`endpoints.${done}`)}</Notice> : null}
      {refused ? <Notice kind="problem">{refused}</Notice> : null}
      <EndpointTrouble t={t} endpoint={endpoint} reading={reading} />
      <EndpointFacts t={t} endpoint={endpoint} reading={reading} />
      {can(screen.user, merchant.id, "edit_developers") ? <Tools screen={screen} endpoint={endpoint} /> : null}
      <Latest screen={screen} endpointId={id} />
    </BackFrame>
  );
}

async function Tools({ screen, endpoint }: { screen: Extract<Screen, { kind: "ok" }>; endpoint: EndpointRow & { formatName: string } }) {
  const { t: common, locale, merchant } = screen;
  const t = translator(locale, "webhooks");
  const hidden = { merchant: merchant.id, endpoint: endpoint.id };
  const secrets = await validSecrets(db(), merchant.id, endpoint.kind === "merchant" ? endpoint.id : null);
  const old = secrets.flatMap(({ expiresAt }) =>
    expiresAt ? [t("endpoints.secretUntil", { time: formatMoment(expiresAt, locale, merchant.timeZone) })] : [],
  );
  const count = secrets.length + (endpoint.kind === "order" ? 1 : 0);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <section className={`${CARD} grid gap-4`}>
        {endpoint.format === "standard" ? (
          <OutcomeForm submit={testEndpoint} hidden={hidden} look="secondary" busy={common("common.working")}>
            {t("endpoints.testButton")}
          </OutcomeForm>
        ) : (
          <p className="text-sm text-ink-soft">{translator(locale, "problem")("format_untestable")}</p>
        )}
        <EndpointSwitches t={t} busy={common("common.working")} endpoint={endpoint} merchantId={merchant.id} submit={switchEndpoint} />
      </section>
      {endpoint.format === "standard" ? (
        <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-3`} aria-labelledby="secret">
          <h2 id="secret" className="font-semibold">
            {t("endpoints.secret")}
          </h2>
          <p className="text-sm text-ink-soft">
            {t("endpoints.secretText", { count })} {old.length > 0 ? `(${old.join("; ")})` : null}
          </p>
          <RollForm submit={rollSecret} hidden={hidden} confirm={confirmView(screen.user, locale)} words={endpointWords(t, common)} />
        </section>
      ) : null}
    </div>
  );
}

async function Latest({ screen, endpointId }: { screen: Extract<Screen, { kind: "ok" }>; endpointId: string }) {
  const { t: common, locale, merchant } = screen;
  const t = translator(locale, "webhooks");
  const page = await listDeliveries(db(), merchant.id, { endpointId }, null);
  return (
    <section aria-labelledby="deliveries" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 id="deliveries" className="font-semibold">
          {t("endpoints.deliveries")}
        </h2>
        {page.rows.length > 0 ? (
          <a href={`/dashboard/deliveries?endpoint=${endpointId}`} className="text-sm text-jade underline underline-offset-3">
            {t("endpoints.allDeliveries")}
          </a>
        ) : null}
      </div>
      {page.rows.length === 0 ? (
        <p className="rounded-card border border-line bg-surface px-4 py-6 text-sm text-ink-soft">{t("endpoints.noDeliveries")}</p>
      ) : (
        <DeliveriesTable t={common} words={t} ofOne rows={page.rows.slice(0, SHOWN)} reading={{ locale, timeZone: merchant.timeZone }} />
      )}
    </section>
  );
}
