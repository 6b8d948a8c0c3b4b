import type { Translator } from "#lib/i18n/translator.ts";
import { SANDBOX_GATEWAYS } from "#lib/sandbox/gateways.ts";

/** The demo merchant's checkout links (db/seed.ts). */
const GOODS = [
  { id: "lotus", note: "lotusNote", href: "/l/demo" },
  { id: "tea", note: "teaNote", href: "/l/demo-cny" },
  { id: "tip", note: "tipNote", href: "/l/demo-any" },
] as const;

const DRAWINGS = {
  lotus: (
    <g>
      <circle cx="60" cy="46" r="30" className="tint-a" />
      <circle cx="60" cy="46" r="20" className="tint-b" />
      <path
        d="M60 30c6 6 6 12 0 18-6-6-6-12 0-18Zm-14 12c8 0 12 3 14 10-8 2-13-2-14-10Zm28 0c-8 0-12 3-14 10 8 2 13-2 14-10Z"
        className="tint-c"
      />
    </g>
  ),
  tea: (
    <g>
      <path d="M34 34h44v18a18 18 0 0 1-18 18h-8a18 18 0 0 1-18-18Z" className="tint-a" />
      <path d="M78 38h6a8 8 0 0 1 0 16h-7" className="line-c" />
      <path d="M48 26c-4-5 4-7 0-12M62 26c-4-5 4-7 0-12" className="line-c" />
    </g>
  ),
  tip: (
    <g>
      <path d="M32 30h56v36H32z" className="tint-a" />
      <path d="M32 30l28 22 28-22" className="line-c" />
      <circle cx="60" cy="56" r="8" className="tint-c" />
    </g>
  ),
} as const;

/** Links that pay through one gateway only (db/seed-demo.ts), for all but the first, which the goods use. */
export function OtherGateways({ t }: { t: Translator<"sandbox"> }) {
  return (
    <ul className="phones">
      {SANDBOX_GATEWAYS.slice(1).map(({ id }) => (
        <li key={id}>
          <a className="button" href={`/l/demo-${id}`}>
            {t(`gateway.${id}.name`)}
          </a>
        </li>
      ))}
    </ul>
  );
}

export function Goods({ t }: { t: Translator<"sandbox"> }) {
  return (
    <ul className="goods">
      {GOODS.map(({ id, note, href }) => (
        <li key={id} className="card">
          <svg viewBox="0 0 120 84" aria-hidden="true">
            {DRAWINGS[id]}
          </svg>
          <h3>{t(`shop.${id}`)}</h3>
          <p className="soft">{t(`shop.${note}`)}</p>
          <a className="button button-strong" href={href}>
            {t("shop.buy")}
          </a>
          <p className="goods-phones">
            <a href={`/sandbox/wechat?${new URLSearchParams({ url: href })}`}>{t("shop.buyWechat")}</a>
            <a href={`/sandbox/alipay?${new URLSearchParams({ url: href })}`}>{t("shop.buyAlipay")}</a>
          </p>
        </li>
      ))}
    </ul>
  );
}
