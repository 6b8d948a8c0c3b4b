import { qrSvg } from "#components/checkout/qr-svg.ts";
import { CARD } from "#components/ui/card.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"links">;
  link: { id: string; slug: string };
  address: string;
  origin: string;
}

/** Ways to hand a link out: its code to scan from the screen, and a button for the merchant's own site. */
export function LinkShare({ t, link, address, origin }: Props) {
  const { size, path } = qrSvg(address);
  const snippet = `<script src="${origin}/embed.js" async></script>\n<shouyin-button link="${link.slug}"></shouyin-button>`;
  return (
    <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`} aria-labelledby="share">
      <h2 id="share" className="font-semibold">
        {t("one.share")}
      </h2>
      <div className="grid items-start gap-4 sm:grid-cols-[auto_minmax(0,1fr)]">
        <svg
          viewBox={`0 0 ${size} ${size}`}
          width="152"
          height="152"
          role="img"
          aria-label={t("one.qr")}
          shapeRendering="crispEdges"
          className="rounded-lg bg-white"
        >
          <path d={path} fill="#000" />
        </svg>
        <div className="grid min-w-0 gap-1.5">
          <div className="flex items-center gap-1 text-sm font-medium">
            {t("one.snippet")}
            <CopyButton text={snippet} label={t("list.copy", { what: t("one.snippet") })} done={t("list.copied")} />
          </div>
          <pre className="rounded-lg bg-raised p-3 font-mono text-xs break-all whitespace-pre-wrap">{snippet}</pre>
          <p className="text-xs text-ink-soft">{t("one.snippet_hint")}</p>
        </div>
      </div>
    </section>
  );
}
