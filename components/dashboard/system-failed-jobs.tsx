import { Raw } from "#components/dashboard/fold.tsx";
import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { queueText } from "#components/dashboard/system-queues.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { Submit } from "#components/ui/submit.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"system">;
  reading: Reading;
  jobs: readonly { id: string; queue: string; data: Record<string, unknown>; tries: number; failedAt: Date | null; output: unknown }[];
  most: number;
  retry: (form: FormData) => Promise<void>;
  discard: (form: FormData) => Promise<void>;
}

/** Jobs the queue has given up, each to be taken up again or thrown away by hand. */
export function FailedJobs({ t, reading, jobs, most, retry, discard }: Props) {
  if (jobs.length === 0) return <Empty title={t("noneFailed")} text={t("noneFailedText")} />;
  return (
    <section aria-labelledby="failed" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="failed" className="font-semibold">
        {t("failedJobs")}
      </h2>
      <p className="text-xs text-ink-soft">{t("failedLead", { most })}</p>
      <Scroll label={t("failedJobs")}>
        <table className={TABLE.table}>
          <thead className={TABLE.head}>
            <tr>
              <th scope="col" className={TABLE.th}>
                <ZoneHead word={t("gaveUp")} reading={reading} />
              </th>
              <th scope="col" className={TABLE.th}>
                {t("queue")}
              </th>
              <th scope="col" className={TABLE.thNumber}>
                {t("tries")}
              </th>
              <th scope="col" className={`${TABLE.th} w-full`}>
                {t("about")}
              </th>
              <th scope="col" className={TABLE.th}>
                {t("byHand")}
              </th>
            </tr>
          </thead>
          <tbody>
            {jobs.map(({ id, queue, data, tries, failedAt, output }) => (
              <tr key={id} className={TABLE.row}>
                <td className={TABLE.td}>{failedAt ? <ShortMoment at={failedAt} reading={reading} /> : "–"}</td>
                <td className={`${TABLE.td} whitespace-nowrap`}>{queueText(t, queue)}</td>
                <td className={TABLE.tdNumber}>{tries}</td>
                <td className={`${TABLE.td} min-w-60`}>
                  <span className="font-mono text-xs break-all">{Object.values(data).join(" · ")}</span>
                  <Raw label={t("output")} text={JSON.stringify(output)} />
                </td>
                <td className={TABLE.td}>
                  <form action={retry} className="flex gap-2">
                    <input type="hidden" name="queue" value={queue} />
                    <input type="hidden" name="job" value={id} />
                    <Submit look="secondary" busy={t("working")}>
                      {t("retry")}
                    </Submit>
                    <button
                      type="submit"
                      formAction={discard}
                      className="min-h-11 cursor-pointer rounded-lg px-3 text-red hover:bg-red-soft"
                    >
                      {t("discard")}
                    </button>
                  </form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
