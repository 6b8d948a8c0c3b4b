import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Decision } from "#app/(dashboard)/dashboard/refunds/[id]/decision.tsx";
import { readScene } from "#app/(dashboard)/dashboard/refunds/[id]/scene.ts";
import { HERE, refundsAddress } from "#app/(dashboard)/dashboard/refunds/filter.ts";
import { problemWords } from "#components/dashboard/problem-words.ts";
import { RequestAbout, RequestHead } from "#components/dashboard/refund-request-view.tsx";
import { RefundsTable } from "#components/dashboard/refunds-table.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { methodText } from "#components/dashboard/states.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { readRequest } from "#db/queries/dashboard-refunds.ts";
import { currentLocale } from "#lib/action.ts";
import { can, requireUser, scopeOf } from "#lib/auth.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "refunds")("one") };
}

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const SAID = ["requested", "declined", "withdrawn"] as const;

/** One request: what is asked and why, what of the payment is left, and, for who may, the decision. */
export default async function RequestPage({ params, searchParams }: Address) {
  const [{ id }, search] = await Promise.all([params, searchParams]);
  const user = await requireUser(`${HERE}/${encodeURIComponent(id)}`);
  const request = /^[\w-]{1,64}$/.test(id) ? await readRequest(db(), scopeOf(user), id) : null;
  if (!request) notFound();
  const locale = await currentLocale();
  const common = translator(locale, "dashboard");
  const t = translator(locale, "refunds");
  if (!can(user, request.merchantId, "view_refunds")) return <Refusal t={common} merchant={{ name: request.merchantName }} />;
  const scene = await readScene(user, request);
  if (!scene) notFound();
  const { order, attempt, mode, refunds, names, alsoWaiting } = scene;
  const reading = { locale, timeZone: request.timeZone };
  const problem = problemWords(translator(locale, "problem"), search.problem);
  const said = SAID.find((word) => word === search.said);
  const about = {
    ...{ reference: order.reference, title: order.title, paid: attempt.amount, refunded: attempt.refundedAmount, alsoWaiting },
    ...{ paidBy: `${methodText(common, attempt.method)} · ${attempt.accountTitle}`, manual: mode === "manual" },
  };
  return (
    <div className="mx-auto grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-5">
      <a
        href={refundsAddress(request.merchantId, {})}
        className="inline-flex min-h-11 items-center gap-1 justify-self-start text-sm text-ink-soft hover:text-ink sm:min-h-9"
      >
        <Icon name="back" className="size-4" />
        {t("back")}
      </a>
      {problem ? <Notice kind="problem">{problem}</Notice> : null}
      {said ? <Notice kind="done">{t(`said_${said}`)}</Notice> : null}
      <RequestHead
        t={t}
        request={request}
        reading={reading}
        maker={names.get(request.requestedBy) ?? request.requestedBy}
        test={order.live ? null : common("common.testHint")}
      />
      <Decision t={t} common={common} user={user} request={request} scene={scene} reading={reading} />
      <RequestAbout t={t} request={request} reading={reading} order={about} />
      {refunds.length > 0 ? <RefundsTable t={common} refunds={refunds} names={names} reading={reading} /> : null}
    </div>
  );
}
