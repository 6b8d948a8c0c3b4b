import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { RefundStateDot, RequestStateDot } from "#components/dashboard/states.tsx";
import { actorText } from "#components/dashboard/timeline-lines.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { RefundState } from "#lib/domain/refund.ts";
import { mayDecide } from "#lib/domain/refund-approval.ts";
import type { RequestState } from "#lib/domain/refund-request.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  orderId: string;
  reference: string;
  live: boolean;
  amount: bigint;
  currency: string;
  reason: string;
  requestedBy: string;
  createdAt: Date;
}
interface RefundRow extends Row {
  state: RefundState;
  note: string | null;
  settledAt: Date | null;
}
interface RequestRow extends Row {
  state: RequestState;
  decidedBy: string | null;
  decision: string | null;
  endedAt: Date | null;
  expiresAt: Date;
}

interface Props {
  t: Translator<"refunds">;
  common: Translator<"dashboard">;
  names: ReadonlyMap<string, string>;
  reading: Reading;
}

/** Refunds, newest first; each leads to its order, where everything about it stands. */
export function RefundsList({ t, common, names, reading, rows }: Props & { rows: readonly RefundRow[] }) {
  return (
    <Scroll label={t("title")}>
      <table className={TABLE.table}>
        <Head t={t} reading={reading} columns={["state", "amount", "order", "by", "reason", "made", "settled"]} />
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                <RefundStateDot t={common} state={row.state} />
              </td>
              <td className={TABLE.tdNumber}>{moneyText(row, reading.locale)}</td>
              <Order row={row} href={`/dashboard/orders/${row.orderId}`} common={common} />
              <td className={`${TABLE.td} whitespace-nowrap`}>{actorText(common, names, row.requestedBy)}</td>
              <Reason reason={row.reason} more={row.note} />
              <When at={row.createdAt} reading={reading} />
              <When at={row.settledAt} reading={reading} />
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Requests, newest first: those that wait with when they run out, the others with who ended them and why. */
export function RequestsList(props: Props & { rows: readonly RequestRow[]; viewer: { id: string; approves: boolean } }) {
  const { t, common, names, reading, rows, viewer } = props;
  const waiting = rows.every((row) => row.state === "requested");
  const name = (id: string) => (id === viewer.id ? t("me", { name: names.get(id) ?? id }) : actorText(common, names, id));
  return (
    <Scroll label={t("title")}>
      <table className={TABLE.table}>
        <Head t={t} reading={reading} columns={["state", "amount", "order", "by", "reason", "asked", waiting ? "runs_out" : "decider"]} />
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                {waiting && mayDecide(viewer, row) ? (
                  <a
                    href={`/dashboard/refunds/${row.id}`}
                    aria-label={`${t("look")}: ${row.reference}`}
                    className="inline-flex min-h-9 items-center font-medium text-jade underline underline-offset-4"
                  >
                    {t("look")}
                  </a>
                ) : (
                  <RequestStateDot t={t} state={row.state} />
                )}
              </td>
              <td className={TABLE.tdNumber}>{moneyText(row, reading.locale)}</td>
              <Order row={row} href={`/dashboard/refunds/${row.id}`} common={common} />
              <td className={`${TABLE.td} whitespace-nowrap`}>{name(row.requestedBy)}</td>
              <Reason reason={row.reason} more={row.decision} />
              <When at={row.createdAt} reading={reading} />
              {waiting ? (
                <When at={row.expiresAt} reading={reading} />
              ) : (
                <td className={`${TABLE.td} whitespace-nowrap`}>
                  {row.decidedBy ? name(row.decidedBy) : common("common.unavailable")}
                  <span className="block text-xs text-ink-soft">
                    {row.endedAt ? <ShortMoment at={row.endedAt} reading={reading} /> : null}
                  </span>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const TIMES = ["asked", "made", "settled", "runs_out"] as const;
type Column = "order" | "amount" | "state" | "by" | "reason" | "decider" | (typeof TIMES)[number];

function Head({ t, reading, columns }: { t: Props["t"]; reading: Reading; columns: readonly Column[] }) {
  return (
    <thead className={TABLE.head}>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col" className={column === "amount" ? TABLE.thNumber : TABLE.th}>
            {(TIMES as readonly string[]).includes(column) ? <ZoneHead word={t(column)} reading={reading} /> : t(column)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Order({ row, href, common }: { row: Row; href: string; common: Props["common"] }) {
  return (
    <td className={`${TABLE.td} whitespace-nowrap`}>
      <span className="inline-flex items-center gap-2">
        <a href={href} title={row.reference} className="block max-w-28 truncate py-2 text-jade underline underline-offset-4 sm:max-w-36">
          {row.reference}
        </a>
        {row.live ? null : <Badge tone="quiet">{common("common.test")}</Badge>}
      </span>
    </td>
  );
}

function Reason({ reason, more }: { reason: string; more: string | null }) {
  return (
    <td className={`${TABLE.td} max-w-80 min-w-36 break-words`}>
      {reason}
      {more ? <span className="block text-xs text-ink-soft">{more}</span> : null}
    </td>
  );
}

function When({ at, reading }: { at: Date | null; reading: Reading }) {
  return <td className={`${TABLE.td} text-ink-soft`}>{at ? <ShortMoment at={at} reading={reading} /> : null}</td>;
}
