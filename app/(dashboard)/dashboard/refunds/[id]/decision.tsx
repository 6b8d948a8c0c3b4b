import type { Scene } from "#app/(dashboard)/dashboard/refunds/[id]/scene.ts";
import { decide, withdraw } from "#app/(dashboard)/dashboard/refunds/actions.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import type { Reading } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { RefundDecideForm } from "#components/dashboard/refund-decide-form.tsx";
import { CARD } from "#components/ui/card.ts";
import { LINK } from "#components/ui/link.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";
import type { RequestDetail } from "#db/queries/dashboard-refunds.ts";
import { can, type User } from "#lib/auth.ts";
import { leftOfDay, mayDecide } from "#lib/domain/refund-approval.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"refunds">;
  common: Translator<"dashboard">;
  user: User;
  request: RequestDetail;
  scene: Scene;
  reading: Reading;
}

/** What its reader can do about a request: decide it, take it back, or read how it ended. */
export function Decision(props: Props) {
  const { t, common, user, request, scene, reading } = props;
  if (request.state !== "requested") return <Ended {...props} />;
  const waits = t("waits", { at: formatMoment(request.expiresAt, reading.locale, reading.timeZone) });
  const person = { id: user.id, approves: can(user, request.merchantId, "approve_refund") };
  if (mayDecide(person, request)) return <Decide {...props} waits={waits} />;
  if (user.id !== request.requestedBy) {
    return (
      <Notice kind="hint">
        {t("notYours")} {deciderText(t, scene)} {waits}
      </Notice>
    );
  }
  return (
    <section className={`${CARD} grid gap-3`}>
      <p className="font-medium">{t("own")}</p>
      <p className="text-ink-soft">
        {deciderText(t, scene)} {waits}
      </p>
      <form action={withdraw}>
        <input type="hidden" name="request" value={request.id} />
        <Submit look="secondary" busy={common("common.working")}>
          {t("withdraw")}
        </Submit>
      </form>
    </section>
  );
}

function deciderText(t: Props["t"], { deciders }: Scene): string {
  return deciders.length > 0 ? t("deciders", { names: deciders.join(", ") }) : t("nobody");
}

function Decide({ t, common, user, request, scene, reading, waits }: Props & { waits: string }) {
  const amount = moneyText(request, reading.locale);
  const manual = scene.mode === "manual";
  const maker = scene.names.get(request.requestedBy) ?? request.requestedBy;
  return (
    <section className={`${CARD} grid gap-4`} aria-labelledby="decide">
      <div>
        <h2 id="decide" className="font-semibold">
          {t("decide")}
        </h2>
        <p className="text-ink-soft">
          {t(manual ? "decideManual" : "decideText", { amount })} {waits}
        </p>
      </div>
      <RefundDecideForm
        submit={decide}
        requestId={request.id}
        blocked={scene.mode === null ? common("refund.account_shut") : blockedBy(t, request, scene, reading)}
        person={confirmView(user, reading.locale)}
        words={{
          decision: t("decision", { name: maker }),
          decisionHint: t("decisionHint"),
          approve: t(manual ? "approveManual" : "approve", { amount }),
          decline: t("decline"),
          busy: common("common.working"),
        }}
      />
    </section>
  );
}

/** What stands in the way of approving it now, as the approval itself would find under the lock. */
function blockedBy(t: Props["t"], request: RequestDetail, { attempt, day }: Scene, { locale, timeZone }: Reading): string | null {
  const money = (amount: bigint) => moneyText({ amount, currency: request.currency }, locale);
  const left = attempt.amount - attempt.refundedAmount;
  if (request.amount > left) return t("blocked_exceeds", { left: money(left) });
  const today = leftOfDay(day.cap, day.used);
  if (day.cap === null || today === null || request.amount <= today) return null;
  return t("blocked_cap", { cap: money(day.cap), left: money(today), at: formatMoment(day.endsAt, locale, timeZone) });
}

function Ended({ t, common, request, scene, reading }: Props) {
  if (request.state === "requested" || !request.endedAt) return null;
  const by = request.decidedBy ?? request.requestedBy;
  const at = formatMoment(request.endedAt, reading.locale, reading.timeZone);
  const refund = scene.refunds.find((one) => one.id === request.refundId);
  return (
    <section className={`${CARD} grid gap-1.5`}>
      <p className="font-medium">{t(`end_${request.state}`, { name: scene.names.get(by) ?? by, at })}</p>
      {request.decision ? <p className="break-words">{request.decision}</p> : null}
      {refund ? (
        <p>
          {common(`said.refund_${refund.state}`)}{" "}
          <a href={`/dashboard/orders/${request.orderId}?refund=${refund.id}`} className={LINK}>
            {t("toRefund")}
          </a>
        </p>
      ) : null}
    </section>
  );
}
