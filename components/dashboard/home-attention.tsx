import type { Reading } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { Badge, Dot, type Tone } from "#components/ui/dot.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { OrderState } from "#lib/domain/order.ts";
import { formatAge } from "#lib/i18n/format.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** What can need a person, how much of it and since when; the same words as db/queries/dashboard-home.ts. */
export type MatterCounts = Record<keyof typeof MATTERS, { count: number; oldest: Date | null }>;

export interface HomeAttentionProps {
  t: Translator<"overview">;
  d: Translator<"dashboard">;
  reading: Reading;
  now: Date;
  merchantId: string;
  counts: MatterCounts;
  /** The newest of `counts.review`. */
  review: readonly { id: string; reference: string; title: string; state: OrderState; live: boolean; currency: string; amount: bigint }[];
  /** A count above this is told as "more than". */
  countMax: number;
  /** Whether this person may open a list; a matter they cannot look into is not theirs to see to. */
  may: (list: "accounts" | "refunds") => boolean;
}

/** Where each matter is seen to. Money first; then what only waits. */
const MATTERS = {
  review: { tone: "bad", href: (merchant: string) => `/dashboard/orders?merchant=${merchant}&needs=review` },
  mismatches: { tone: "bad", href: () => "/dashboard/notifications?verdict=waiting" },
  orphans: { tone: "bad", href: () => "/dashboard/notifications?verdict=waiting" },
  waitingRefunds: { tone: "wait", href: () => "/dashboard/refunds" },
  unclear: { tone: "wait", href: (merchant: string) => `/dashboard/orders?merchant=${merchant}&needs=unclear` },
  pausedChannels: { tone: "wait", href: () => "/dashboard/accounts" },
  deadDeliveries: { tone: "wait", href: () => "/dashboard/deliveries?state=dead" },
  stoppedEndpoints: { tone: "wait", href: () => "/dashboard/developers/endpoints" },
  lateDeliveries: { tone: "wait", href: () => "/dashboard/deliveries?state=pending" },
  lateQuestions: { tone: "wait", href: (merchant: string) => `/dashboard/orders?merchant=${merchant}&needs=unclear` },
  openRefunds: { tone: "quiet", href: (merchant: string) => `/dashboard/orders?merchant=${merchant}&needs=refunding` },
} as const satisfies Record<string, { tone: Tone; href: (merchantId: string) => string }>;
const NAMES = Object.keys(MATTERS) as (keyof MatterCounts)[];

const ROW = "flex min-h-11 items-center justify-between gap-3 px-4 py-2 hover:bg-raised sm:px-5";

/** Orders whose money needs a person, and how much else does, each leading to where it is seen to. */
export function HomeAttention(props: HomeAttentionProps) {
  const { t, merchantId, counts, review, may } = props;
  const closed = { pausedChannels: !may("accounts"), waitingRefunds: !may("refunds") } as Partial<Record<keyof MatterCounts, boolean>>;
  const matters = NAMES.filter((name) => counts[name].count > (name === "review" ? review.length : 0) && !closed[name]);
  return (
    <section className="overflow-hidden rounded-card border border-line bg-surface" aria-labelledby="attention">
      <h2 id="attention" className="px-4 py-3 font-semibold sm:px-5">
        {t("attention")}
      </h2>
      {review.length + matters.length === 0 ? (
        <p className="flex items-center gap-2 border-t border-line px-4 py-6 text-ink-soft sm:px-5">
          <Icon name="check" className="size-5 text-jade" />
          {t("calm")}
        </p>
      ) : null}
      <ul className="divide-y divide-line border-line [&:not(:empty)]:border-t">
        {review.map((order) => (
          <ReviewRow key={order.id} order={order} {...props} />
        ))}
        {matters.map((name) => (
          <Matter key={name} name={name} href={MATTERS[name].href(merchantId)} {...props} />
        ))}
      </ul>
    </section>
  );
}

const MINUTE = 60_000;

function Matter({ t, reading, now, counts, countMax, name, href }: HomeAttentionProps & { name: keyof MatterCounts; href: string }) {
  const { count, oldest } = counts[name];
  const age = oldest ? now.getTime() - oldest.getTime() : 0;
  return (
    <li>
      <a href={href} className={ROW}>
        <Dot tone={MATTERS[name].tone}>
          <span className="whitespace-normal">
            {count > countMax
              ? t("more", { count: countMax, what: t(`matter_${name}`, { count: countMax }) })
              : t(`matter_${name}`, { count })}
            {age >= MINUTE ? (
              <span className="block text-xs text-ink-soft">{t("oldest", { age: formatAge(age, reading.locale) })}</span>
            ) : null}
          </span>
        </Dot>
        <Icon name="chevron" className="size-4 text-ink-soft" />
      </a>
    </li>
  );
}

function ReviewRow({ order, d, reading }: HomeAttentionProps & { order: HomeAttentionProps["review"][number] }) {
  return (
    <li>
      <a href={`/dashboard/orders/${order.id}`} className={ROW}>
        <span className="grid min-w-0 gap-0.5">
          <span className="flex min-w-0 items-center gap-2">
            <Badge tone="bad">{d("mark.review")}</Badge>
            {order.live ? null : <Badge tone="quiet">{d("common.test")}</Badge>}
            <span className="min-w-0 truncate">{order.title}</span>
          </span>
          <span className="truncate font-mono text-xs text-ink-soft">{order.reference}</span>
        </span>
        <span className="shrink-0 tabular-nums">{moneyText(order, reading.locale)}</span>
      </a>
    </li>
  );
}
