import { CARD } from "#components/ui/card.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { LinkField } from "#lib/domain/link.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Link {
  id: string;
  title: string;
  fields: readonly LinkField[];
}

interface Props {
  t: Translator<"links">;
  link: Link;
  order: { quantity: number; linkOversold: boolean; metadata: Record<string, string> };
}

/** What came of a link's form: which link, what was chosen, and the shopper's answers under the merchant's own questions. */
export function OrderLink({ t, link, order }: Props) {
  const answers = link.fields.flatMap((field) => (order.metadata[field.key] ? [[field.label, order.metadata[field.key]] as const] : []));
  const chosen = order.metadata.choice;
  return (
    <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-3`} aria-labelledby="from-link">
      <h2 id="from-link" className="font-semibold">
        {t("one.from_link")}{" "}
        <a href={`/dashboard/links/${link.id}`} className="font-normal break-words text-jade underline underline-offset-3">
          {link.title}
        </a>
      </h2>
      {order.linkOversold ? <Notice kind="problem">{t("one.oversold", { count: 1 })}</Notice> : null}
      <dl className="grid gap-3 text-sm empty:hidden sm:max-xl:grid-cols-3">
        {chosen ? <Row label={t("one.choice")} value={chosen} /> : null}
        {order.quantity > 1 ? <Row label={t("one.pieces")} value={String(order.quantity)} /> : null}
        {answers.map(([label, value]) => (
          <Row key={label} label={label} value={value ?? ""} />
        ))}
      </dl>
    </section>
  );
}

/** Metadata that `OrderLink` does not say already. */
export function otherMetadata(metadata: Record<string, string>, link: Link | null): Record<string, string> {
  const said = new Set(link ? ["choice", "quantity", ...link.fields.map((field) => field.key)] : []);
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => !said.has(name)));
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-soft">{label}</dt>
      <dd className="break-words">{value}</dd>
    </div>
  );
}
