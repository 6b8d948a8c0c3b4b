import { Moment, type Reading } from "#components/dashboard/moment.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"dashboard">;
  words: Translator<"order">;
  events: readonly { sequence: number; type: string; data: Record<string, unknown>; at: Date }[];
  reading: Reading;
}

/** Why a person has to look at this order, as far as a gateway's own words made it so: newest first, each with its detail. */
export function OrderFlags({ t, words, events, reading }: Props) {
  // What somebody has looked at is settled.
  const reviewed = events.findIndex(({ type }) => type === "order.reviewed");
  const open = (reviewed === -1 ? events : events.slice(0, reviewed)).filter(({ type }) => type === "order.flagged");
  if (open.length === 0) return null;
  return (
    <Notice kind="problem">
      <ul className="grid gap-2">
        {open.map(({ sequence, data, at }) => (
          <li key={sequence}>
            <strong className="font-medium">{whyText(t, words, data.why)}</strong>{" "}
            <span className="text-ink-soft">
              <Moment at={at} reading={reading} />
            </span>
            {typeof data.detail === "string" ? (
              <span lang="en" className="block font-mono text-xs break-words">
                {data.detail}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function whyText(t: Props["t"], words: Props["words"], why: unknown): string {
  if (why === "refund_unclear" || why === "refund_account_shut") return words(`flag.${why}`);
  const key = `order.flag_${String(why)}` as "order.flag_conflict";
  return t.has(key) ? t(key) : t("event.order_flagged");
}
