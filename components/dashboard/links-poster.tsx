import { qrSvg } from "#components/checkout/qr-svg.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import type { StoredChoice } from "#lib/domain/link.ts";
import { formatMoment, formatMoney } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** More choices than fit beside the code are left to the page it leads to. */
const LISTED_MAX = 8;

interface Props {
  link: {
    title: string;
    currency: string;
    amount: bigint | null;
    choices: StoredChoice[] | null;
    minAmount: bigint | null;
    maxAmount: bigint | null;
    live: boolean;
    expiresAt: Date | null;
  };
  merchant: { name: string; logoUrl: string | undefined; timeZone: string };
  address: string;
  wallets: readonly ("wechat" | "alipay")[];
  paper: "a4" | "a5";
  locale: Locale;
}

/** One sheet: whose, what for, how much, a code as large as it gets, and with what to scan it. Black on white, in every theme. */
export function LinkPoster({ link, merchant, address, wallets, paper, locale }: Props) {
  const t = translator(locale, "links");
  const { size, path } = qrSvg(address);
  const listed = link.choices && link.choices.length <= LISTED_MAX ? link.choices : null;
  return (
    <main className={`poster poster-${paper}`} lang={locale}>
      {link.live ? null : <p className="poster-test">{t("poster.test")}</p>}
      <p className="poster-shop">
        {merchant.logoUrl ? (
          // biome-ignore lint/performance/noImgElement: the shop's own address, printed as it is
          <img src={merchant.logoUrl} alt="" referrerPolicy="no-referrer" />
        ) : (
          <span className="poster-letter" aria-hidden="true">
            {Array.from(merchant.name)[0]}
          </span>
        )}
        <span>{merchant.name}</span>
      </p>
      <h1 className="poster-title">{link.title}</h1>
      {link.amount !== null ? <p className="poster-amount">{money(link.amount, link.currency, locale)}</p> : null}
      {listed ? (
        <ul className="poster-list">
          {listed.map(({ label, amount }) => (
            <li key={label}>
              <span>{label}</span> <b>{money(BigInt(amount), link.currency, locale)}</b>
            </li>
          ))}
        </ul>
      ) : null}
      {link.minAmount !== null ? (
        <p className="poster-amount">
          <small>{t("poster.your_amount")}</small>
        </p>
      ) : null}
      <svg
        className={listed && listed.length > 4 ? "poster-qr poster-qr-small" : "poster-qr"}
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={t("poster.qr", { address })}
        shapeRendering="crispEdges"
      >
        <path d={path} fill="#000" />
      </svg>
      <p className="poster-scan">{t("poster.scan")}</p>
      {wallets.length > 0 ? (
        <ul className="poster-wallets">
          {wallets.map((wallet) => (
            <li key={wallet}>
              {/* biome-ignore lint/performance/noImgElement: a local drawing of a few hundred bytes, printed as it is */}
              <img src={`/marks/${wallet}.svg`} alt="" />
              {t(`poster.${wallet}`)}
            </li>
          ))}
        </ul>
      ) : null}
      <p className="poster-address">
        {address.replace(/^https?:\/\//, "")}
        {link.expiresAt ? ` · ${t("poster.until", { time: formatMoment(link.expiresAt, locale, merchant.timeZone) })}` : null}
      </p>
    </main>
  );
}

function money(minor: bigint, currency: string, locale: Locale): string {
  return isCurrency(currency) ? formatMoney({ minor, currency }, locale) : `${minor} ${currency}`;
}
