import { priceText, STANDING_TONES } from "#components/dashboard/links-words.ts";
import { BUTTON } from "#components/ui/button.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { Submit } from "#components/ui/submit.tsx";
import type { LinkStanding, StoredChoice } from "#lib/domain/link.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"links">;
  link: {
    id: string;
    currency: string;
    amount: bigint | null;
    choices: StoredChoice[] | null;
    minAmount: bigint | null;
    maxAmount: bigint | null;
    active: boolean;
    live: boolean;
    reusable: boolean;
  };
  standing: LinkStanding;
  locale: Locale;
  address: string;
  /** Null for who may only look. */
  move: { action: (form: FormData) => Promise<void>; merchantId: string } | null;
}

/** Price and state, the address to copy, and what can be done. */
export function LinkHead({ t, link, standing, locale, address, move }: Props) {
  return (
    <div className="grid gap-4 [h1+&]:-mt-3">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="text-2xl font-semibold tabular-nums">{priceText(t, link, locale)}</span>
        <span className="font-medium">
          <Dot tone={STANDING_TONES[standing]}>{t(`standing.${standing}`)}</Dot>
        </span>
        {link.reusable ? null : <Badge tone="quiet">{t("standing.once")}</Badge>}
        {link.live ? null : <Badge tone="wait">{t("standing.test")}</Badge>}
      </p>
      <p className="flex items-center gap-1 font-mono text-sm break-all">
        {address}
        <CopyButton text={address} label={t("list.copy", { what: t("list.address") })} done={t("list.copied")} />
      </p>
      <div className="flex flex-wrap gap-2">
        <a href={address} className={BUTTON.secondary} target="_blank" rel="noopener">
          {t("one.open_page")}
        </a>
        <a href={`/dashboard/links/${link.id}/poster`} className={BUTTON.secondary}>
          {t("one.poster")}
        </a>
        {move ? (
          <>
            <a href={`/dashboard/links/${link.id}/edit`} className={BUTTON.secondary}>
              {t("one.edit")}
            </a>
            <form action={move.action}>
              <input type="hidden" name="merchant" value={move.merchantId} />
              <input type="hidden" name="link" value={link.id} />
              <Submit look="quiet" name="to" value={link.active ? "retired" : "open"} busy={t("form.busy")}>
                {t(link.active ? "one.retire" : "one.reactivate")}
              </Submit>
            </form>
          </>
        ) : null}
      </div>
    </div>
  );
}
