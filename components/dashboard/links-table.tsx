import { priceText, STANDING_TONES } from "#components/dashboard/links-words.ts";
import { moneyText } from "#components/dashboard/money.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { LinkStanding, StoredChoice } from "#lib/domain/link.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  slug: string;
  title: string;
  currency: string;
  amount: bigint | null;
  choices: StoredChoice[] | null;
  minAmount: bigint | null;
  maxAmount: bigint | null;
  live: boolean;
  reusable: boolean;
  standing: LinkStanding;
  paid: number;
  taken: readonly { currency: string; paid: bigint }[];
}

interface Props {
  t: Translator<"links">;
  links: readonly Row[];
  origin: string;
  locale: Locale;
}

const COLUMNS = ["name", "price", "state", "paid", "sum", "address"] as const;
const NUMBERS: ReadonlySet<string> = new Set(["price", "paid", "sum"]);

/** Checkout links with what each brought, and their full address to copy. */
export function LinksTable({ t, links, origin, locale }: Props) {
  return (
    <Scroll label={t("list.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className={NUMBERS.has(name) ? TABLE.thNumber : TABLE.th}>
                {t(`list.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <tr key={link.id} className={TABLE.row}>
              <td className={`${TABLE.td} max-w-72 min-w-40`}>
                <a href={`/dashboard/links/${link.id}`} className="font-medium break-words hover:underline hover:underline-offset-4">
                  {link.title}
                </a>
              </td>
              <td className={TABLE.tdNumber}>{priceText(t, link, locale)}</td>
              <td className={TABLE.td}>
                <span className="flex items-center gap-2">
                  <Dot tone={STANDING_TONES[link.standing]}>{t(`standing.${link.standing}`)}</Dot>
                  {link.reusable ? null : <Badge tone="quiet">{t("standing.once")}</Badge>}
                  {link.live ? null : <Badge tone="wait">{t("standing.test")}</Badge>}
                </span>
              </td>
              <td className={TABLE.tdNumber}>{link.paid}</td>
              <td className={TABLE.tdNumber}>
                {link.taken.length === 0
                  ? t("list.nothing")
                  : link.taken.map(({ currency, paid }) => moneyText({ amount: paid, currency }, locale)).join(" · ")}
              </td>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                <a href={`${origin}/l/${link.slug}`} className="font-mono text-[13px] text-jade underline underline-offset-4">
                  /l/{link.slug}
                </a>
                <CopyButton
                  text={`${origin}/l/${link.slug}`}
                  label={t("list.copy", { what: `${t("list.address")} /l/${link.slug}` })}
                  done={t("list.copied")}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
