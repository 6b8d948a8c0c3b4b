import { Heading } from "#components/checkout/heading.tsx";
import type { LinkStanding } from "#lib/domain/link.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { LinkView } from "#lib/payments/checkout-link.ts";

type Closed = Exclude<LinkStanding, "open">;

/** What each page's drawing says: over, wait, done. */
const MARKS = {
  retired: { kind: "closed", path: "M15 24h18" },
  not_yet: { kind: "qr_expired", path: "M24 13v12l8 5" },
  expired: { kind: "closed", path: "M24 13v12l8 5" },
  paid: { kind: "paid", path: "M14 25l7 7 14-15" },
  held: { kind: "qr_expired", path: "M24 13v12l8 5" },
  sold_out: { kind: "closed", path: "M15 24h18" },
} as const satisfies Record<Closed, { kind: string; path: string }>;

/** Standings that may be over by themselves: looking again is the next step. The others ask the shop. */
const PASSING: ReadonlySet<Closed> = new Set(["not_yet", "held"]);

/** A link that takes no order now: why, until when, and what to do next. */
export function LinkClosed({ link, locale, resume }: { link: LinkView; locale: Locale; resume: string | null }) {
  if (link.standing === "open") return null;
  const t = translator(locale, "links");
  const { kind, path } = MARKS[link.standing];
  const at = { not_yet: link.opensAt, expired: link.expiresAt, held: link.nextFreeAt, retired: null, paid: null, sold_out: null };
  const moment = at[link.standing];
  const values = { merchant: link.merchant.name, time: moment ? formatMoment(moment, locale, link.timeZone) : "" };
  const contact = link.merchant.brand.supportContact;
  return (
    <>
      <div className={kind === "paid" ? "check" : "failed-mark"} data-kind={kind}>
        <svg viewBox="0 0 48 48" width="56" height="56" aria-hidden="true">
          <circle cx="24" cy="24" r="23" />
          <path d={path} pathLength={kind === "paid" ? 1 : undefined} />
        </svg>
      </div>
      <Heading words={t(`closed.${link.standing}_words`, values)}>{t(`closed.${link.standing}_title`)}</Heading>
      {link.standing === "held" && !resume && <p className="note">{t("closed.held_own")}</p>}
      {resume && (
        <a className="primary" href={resume}>
          {t("page.resume")}
        </a>
      )}
      {PASSING.has(link.standing) && (
        <a className={resume ? "secondary" : "primary"} href="?">
          {t("page.again")}
        </a>
      )}
      {link.standing !== "paid" && (
        <p className="small">{contact ? t("page.contact", { contact }) : t("page.ask", { merchant: link.merchant.name })}</p>
      )}
    </>
  );
}
