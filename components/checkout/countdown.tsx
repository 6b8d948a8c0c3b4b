import type { Scene } from "#components/checkout/scene.ts";
import { formatClock, formatSeconds } from "#lib/i18n/format.ts";

/** Seconds left at which a screen reader hears it. */
const SAY_AT = [180, 60, 30] as const;

/**
 * The order's time to pay: the hour it ends (true without scripts), and a thin ring with the time left that the script
 * moves, from the server's own remaining seconds, never the device's clock.
 */
export function Countdown({ scene }: { scene: Scene }) {
  const { view, t, locale } = scene;
  const total = Math.max(1, Math.round((view.expiresAt.getTime() - view.createdAt.getTime()) / 1000));
  const say = Object.fromEntries(
    SAY_AT.map((at) => [at, at >= 60 ? t("summary.say_minutes", { minutes: at / 60 }) : t("summary.say_seconds", { seconds: at })]),
  );
  return (
    <div className="countdown" data-seconds={view.secondsLeft} data-total={total} data-say={JSON.stringify(say)} suppressHydrationWarning>
      <svg className="ring js-only" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <circle cx="10" cy="10" r="8.5" className="ring-track" />
        <circle
          cx="10"
          cy="10"
          r="8.5"
          className="ring-left"
          pathLength={100}
          strokeDasharray={`${Math.min(100, Math.round((100 * view.secondsLeft) / total))} 100`}
          suppressHydrationWarning
        />
      </svg>
      <span className="time-left js-only" role="timer" aria-label={t("summary.time_left")} suppressHydrationWarning>
        {formatSeconds(view.secondsLeft)}
      </span>
      <span>{t("summary.pay_by", { time: formatClock(view.expiresAt, locale, view.timeZone) })}</span>
    </div>
  );
}
