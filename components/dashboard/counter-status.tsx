import { CounterCode } from "#components/dashboard/counter-code.tsx";
import { Countdown, CounterFollow } from "#components/dashboard/counter-follow.tsx";
import { codeWords } from "#components/dashboard/counter-words.ts";
import { Moment, type Reading } from "#components/dashboard/moment.tsx";
import { LargeMoney } from "#components/dashboard/money.tsx";
import { problemWords } from "#components/dashboard/problem-words.ts";
import { methodText } from "#components/dashboard/states.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Code } from "#components/ui/code.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ProblemCode } from "#lib/domain/errors.ts";
import { SCAN_DEADLINE_SECONDS } from "#lib/domain/schedules.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { ScanState, ScanView } from "#lib/payments/read-scan.ts";

interface Props {
  t: Translator<"dashboard">;
  problem: Translator<"problem">;
  view: ScanView;
  /** What came of the last press, from the address it led to. */
  said: ProblemCode | null;
  order: { merchantId: string; live: boolean; currency: string };
  reading: Reading;
  again: (form: FormData) => Promise<void>;
}

const LOOKS = {
  ready: { icon: "scan", panel: "bg-raised text-ink", follows: false, seconds: 0 },
  waiting: { icon: null, panel: "bg-amber-soft text-ink", follows: true, seconds: 3 },
  unconfirmed: { icon: "alert", panel: "bg-amber-soft text-ink", follows: true, seconds: 10 },
  failed: { icon: "cross", panel: "bg-red-soft text-ink", follows: false, seconds: 0 },
  paid: { icon: "check", panel: "bg-jade text-on-jade", follows: false, seconds: 0 },
  ended: { icon: "cross", panel: "bg-raised text-ink", follows: false, seconds: 0 },
} as const satisfies Record<ScanState, { icon: IconName | null; panel: string; follows: boolean; seconds: number }>;

/** One shopper's payment at the counter: how it stands in one look, and the one thing to do next. */
export function CounterStatus(props: Props) {
  const { t, view, reading, order, said } = props;
  const look = LOOKS[view.state];
  // Told where the page itself does not say it already.
  const untold = view.state !== "paid" && said !== view.problem ? problemWords(props.problem, said) : null;
  return (
    <div className="mx-auto grid max-w-xl gap-4" data-scan={view.state}>
      {look.follows ? <CounterFollow token={view.token} seconds={look.seconds} /> : null}
      {untold ? <Notice kind="problem">{untold}</Notice> : null}
      <section className={`grid justify-items-center gap-4 rounded-card px-5 py-8 text-center ${look.panel}`}>
        {look.icon ? (
          <span className="grid size-20 place-items-center rounded-full border-4 border-current">
            <Icon name={look.icon} className="size-12" />
          </span>
        ) : (
          <Countdown
            seconds={view.secondsLeft}
            total={SCAN_DEADLINE_SECONDS}
            text={t.raw("counter.left") as string}
            over={t("counter.closing")}
          />
        )}
        <div role="status" className="grid justify-items-center gap-2">
          <h1 className="text-2xl font-semibold">{t(`counter.state_${view.state}`)}</h1>
          <p className="max-w-prose">{sentence(props)}</p>
        </div>
        <LargeMoney
          row={{ amount: view.amount.minor, currency: view.amount.currency }}
          locale={reading.locale}
          size="text-[48px] leading-[52px] [&>span]:!text-current"
        />
        <p className="flex flex-wrap items-center justify-center gap-2 break-words">
          {view.title}
          {order.live ? null : <Badge tone="wait">{t("common.testHint")}</Badge>}
        </p>
      </section>
      <Numbers {...props} />
      {view.state === "ready" || view.state === "failed" ? <Again {...props} /> : null}
      <Next {...props} />
    </div>
  );
}

/** The reason where there is one, else what to do. */
function sentence({ t, problem, view, order }: Props): string {
  if (view.state === "paid" && !order.live) return t("counter.text_paid_test");
  const reason = view.state === "failed" ? problemWords(problem, view.problem) : null;
  return reason ?? t(`counter.text_${view.state}`);
}

function Numbers({ t, view, reading }: Props) {
  const done = t("common.copied");
  return (
    <dl className="grid gap-3 rounded-card border border-line bg-surface p-4 sm:grid-cols-2">
      {view.attempt ? (
        <>
          <Fact label={t("order.method")}>{methodText(t, view.attempt.method)}</Fact>
          <Fact label={t("order.gatewayOrderNo")}>
            <Code text={view.attempt.gatewayOrderNo} copy={{ label: t("common.copy", { what: t("order.gatewayOrderNo") }), done }} />
          </Fact>
        </>
      ) : null}
      {view.paidAt ? (
        <Fact label={t("order.paidAt")}>
          <Moment at={view.paidAt} reading={reading} />
        </Fact>
      ) : null}
      <Fact label={t("order.reference")}>
        <Code
          text={view.reference}
          copy={{ label: t("common.copy", { what: t("order.reference") }), done }}
          href={`/dashboard/orders/${view.orderId}`}
        />
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-soft">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

function Again({ t, view, order, again }: Props) {
  return (
    <form action={again} className="grid gap-3 rounded-card border border-line bg-surface p-4" noValidate>
      <input type="hidden" name="order" value={view.orderId} />
      <input type="hidden" name="merchant" value={order.merchantId} />
      <CounterCode words={{ ...codeWords(t), code: t("counter.again") }} error={undefined} focus />
    </form>
  );
}

/** The way to the next shopper: a button, so that it has the focus and Enter goes on, and never while this payment is open. */
function Next({ t, view, order }: Props) {
  const over = view.state === "paid" || view.state === "ended";
  return (
    <form action="/dashboard/counter" className="grid gap-2">
      <input type="hidden" name="currency" value={order.currency} />
      <input type="hidden" name="kind" value={order.live ? "live" : "test"} />
      <button
        // Another button once it is over: a browser gives the focus to what is new.
        key={over ? "next" : "meanwhile"}
        type="submit"
        // biome-ignore lint/a11y/noAutofocus: this payment is over, and the next shopper stands there.
        autoFocus={over}
        className={`${over ? BUTTON.primary : BUTTON.secondary} min-h-13 w-full`}
      >
        {t(over ? "counter.next" : "counter.nextAnyway")}
      </button>
    </form>
  );
}
