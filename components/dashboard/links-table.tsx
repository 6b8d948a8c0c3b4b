import { moneyText } from "#components/dashboard/money.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Link {
  id: string;
  slug: string;
  title: string;
  currency: string;
  amount: bigint | null;
  minAmount: bigint | null;
  maxAmount: bigint | null;
  live: boolean;
  active: boolean;
}

interface Props {
  t: Translator<"dashboard">;
  links: readonly Link[];
  origin: string;
  locale: Locale;
}

/** Checkout links with their full address to copy. */
export function LinksTable({ t, links, origin, locale }: Props) {
  return (
    <Scroll label={t("links.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {(["name", "amount", "address", "state"] as const).map((name) => (
              <th key={name} scope="col" className={name === "amount" ? TABLE.thNumber : TABLE.th}>
                {t(`links.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {links.map((link) => {
            const address = `${origin}/l/${link.slug}`;
            return (
              <tr key={link.id} className={TABLE.row}>
                <td className={`${TABLE.td} min-w-40`}>{link.title}</td>
                <td className={TABLE.tdNumber}>{amountText(t, link, locale)}</td>
                <td className={`${TABLE.td} whitespace-nowrap`}>
                  <a href={address} className="text-jade underline underline-offset-4">
                    {address}
                  </a>
                  <CopyButton text={address} label={t("common.copy", { what: t("links.address") })} done={t("common.copied")} />
                </td>
                <td className={TABLE.td}>
                  <span className="flex items-center gap-2">
                    <Dot tone={link.active ? "good" : "quiet"}>{t(link.active ? "links.active" : "links.inactive")}</Dot>
                    {link.live ? null : <Badge tone="wait">{t("common.test")}</Badge>}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function amountText(t: Translator<"dashboard">, link: Link, locale: Locale): string {
  const money = (amount: bigint) => moneyText({ amount, currency: link.currency }, locale);
  if (link.amount !== null) return money(link.amount);
  return t("links.entered", { min: money(link.minAmount ?? 0n), max: money(link.maxAmount ?? 0n) });
}
