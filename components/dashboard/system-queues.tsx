import { CARD } from "#components/ui/card.ts";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import { formatSeconds } from "#lib/i18n/format.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"system">;

const BACKLOG = ["unknown", "questions", "closes", "expiries", "refunds", "payouts", "deliveries"] as const;

/** What is due by the rows' own clocks. */
export function SystemBacklog({ t, backlog, max }: { t: T; backlog: Record<(typeof BACKLOG)[number], number>; max: number }) {
  return (
    <section className={CARD} aria-labelledby="backlog">
      <h2 id="backlog" className="font-semibold">
        {t("backlog")}
      </h2>
      <p className="text-xs text-ink-soft">{t("backlogLead")}</p>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 pt-4 sm:grid-cols-4 xl:grid-cols-7">
        {BACKLOG.map((name) => (
          <div key={name} className="flex flex-col-reverse justify-end">
            <dt className="text-xs text-ink-soft">{t(`backlog_${name}`)}</dt>
            <dd className="text-xl font-semibold tabular-nums">{countText(backlog[name], max)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface Figures {
  queue: string;
  waiting: number;
  later: number;
  active: number;
  failed: number;
  oldestSeconds: number | null;
}
const COLUMNS = ["waiting", "later", "active", "failed"] as const;

/** The job queues: a row each, with what waits in it and for how long. */
export function QueuesTable({ t, figures, max }: { t: T; figures: readonly Figures[]; max: number }) {
  return (
    <section aria-labelledby="queues" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="queues" className="font-semibold">
        {t("queues")}
      </h2>
      <Scroll label={t("queues")}>
        <table className={TABLE.table}>
          <thead className={TABLE.head}>
            <tr>
              <th scope="col" className={TABLE.th}>
                {t("queue")}
              </th>
              {COLUMNS.map((name) => (
                <th key={name} scope="col" className={TABLE.thNumber}>
                  {t(name)}
                </th>
              ))}
              <th scope="col" className={TABLE.thNumber}>
                {t("oldest")}
              </th>
            </tr>
          </thead>
          <tbody>
            {figures.map((row) => (
              <tr key={row.queue} className={TABLE.row}>
                <th scope="row" className={`${TABLE.td} text-left font-normal whitespace-nowrap`}>
                  {queueText(t, row.queue)}
                </th>
                {COLUMNS.map((name) => (
                  <td key={name} className={`${TABLE.tdNumber} ${name === "failed" && row.failed > 0 ? "font-medium text-red" : ""}`}>
                    {countText(row[name], max)}
                  </td>
                ))}
                <td className={TABLE.tdNumber}>{row.oldestSeconds === null ? "–" : formatSeconds(row.oldestSeconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** A queue by what it does; one without words of its own by its name. */
export function queueText(t: T, queue: string): string {
  const key = `queue_${queue}` as "queue_recheck";
  return t.has(key) ? t(key) : queue;
}

function countText(count: number, max: number): string {
  return count > max ? `> ${max}` : String(count);
}
