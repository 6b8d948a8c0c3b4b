import { priceText, STANDING_TONES } from "#components/dashboard/links-words.ts";
import { moneyText } from "#components/dashboard/money.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
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

/** Checkout links with what each brought, and their full address to copy. */
export function LinksTable({ t, links, origin, locale }: Props) {
  const columns: Column<Row>[] = [
    {
      head: t("list.name"),
      phone: "lead",
      look: "md:max-w-72 md:min-w-40",
      cell: (link) => (
        <a href={`/dashboard/links/${link.id}`} className={`font-medium break-words ${LINK}`}>
          {link.title}
        </a>
      ),
    },
    { head: t("list.price"), number: true, phone: "aside", look: "max-md:whitespace-normal", cell: (link) => priceText(t, link, locale) },
    {
      head: t("list.state"),
      phone: "plain",
      cell: (link) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Dot tone={STANDING_TONES[link.standing]}>{t(`standing.${link.standing}`)}</Dot>
          {link.reusable ? null : <Badge tone="quiet">{t("standing.once")}</Badge>}
          {link.live ? null : <Badge tone="wait">{t("standing.test")}</Badge>}
        </span>
      ),
    },
    { head: t("list.paid"), number: true, cell: (link) => link.paid },
    { head: t("list.sum"), number: true, look: "max-md:whitespace-normal", cell: (link) => sumText(link.taken, t, locale) },
    { head: t("list.address"), look: "whitespace-nowrap", cell: ({ slug }) => <Address t={t} slug={slug} origin={origin} /> },
  ];
  return <ListTable label={t("list.title")} columns={columns} rows={links} rowKey={({ id }) => id} />;
}

function sumText(taken: Row["taken"], t: Props["t"], locale: Locale): string {
  if (taken.length === 0) return t("list.nothing");
  return taken.map(({ currency, paid }) => moneyText({ amount: paid, currency }, locale)).join(" · ");
}

function Address({ t, slug, origin }: Pick<Props, "t" | "origin"> & { slug: string }) {
  return (
    <>
      <a href={`${origin}/l/${slug}`} className={`font-mono text-[13px] ${LINK}`}>
        /l/{slug}
      </a>
      <CopyButton
        text={`${origin}/l/${slug}`}
        label={t("list.copy", { what: `${t("list.address")} /l/${slug}` })}
        done={t("list.copied")}
      />
    </>
  );
}
