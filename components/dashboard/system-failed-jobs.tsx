import { Raw } from "#components/dashboard/fold.tsx";
import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { queueText } from "#components/dashboard/system-queues.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
import { Submit } from "#components/ui/submit.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"system">;
  reading: Reading;
  jobs: readonly { id: string; queue: string; data: Record<string, unknown>; tries: number; failedAt: Date | null; output: unknown }[];
  most: number;
  retry: (form: FormData) => Promise<void>;
  discard: (form: FormData) => Promise<void>;
}

type Job = Props["jobs"][number];

/** Jobs the queue has given up, each to be taken up again or thrown away by hand. */
export function FailedJobs({ t, reading, jobs, most, retry, discard }: Props) {
  if (jobs.length === 0)
    return <Empty title={t("noneFailed")} text={t("noneFailedText")} next={[{ href: "/dashboard/system", word: t("refresh") }]} />;
  const columns: Column<Job>[] = [
    {
      head: zoneText(t("gaveUp"), reading),
      cell: ({ failedAt }) => (failedAt ? <ShortMoment at={failedAt} reading={reading} /> : "–"),
    },
    { head: t("queue"), phone: "lead", look: "md:whitespace-nowrap", cell: ({ queue }) => queueText(t, queue) },
    { head: t("tries"), number: true, cell: ({ tries }) => tries },
    {
      head: t("about"),
      phone: "foot",
      look: "md:min-w-60",
      cell: ({ data, output }) => (
        <>
          <span className="font-mono text-xs break-all">{Object.values(data).join(" · ")}</span>
          <Raw label={t("output")} text={JSON.stringify(output)} />
        </>
      ),
    },
    { head: t("byHand"), phone: "foot", cell: (job) => <ByHand t={t} job={job} retry={retry} discard={discard} /> },
  ];
  return (
    <section aria-labelledby="failed" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="failed" className="font-semibold">
        {t("failedJobs")}
      </h2>
      <p className="text-xs text-ink-soft">{t("failedLead", { most })}</p>
      <ListTable label={t("failedJobs")} columns={columns} rows={jobs} rowKey={({ id }) => id} />
    </section>
  );
}

function ByHand({ t, job, retry, discard }: Pick<Props, "t" | "retry" | "discard"> & { job: Job }) {
  return (
    <form action={retry} className="flex gap-2">
      <input type="hidden" name="queue" value={job.queue} />
      <input type="hidden" name="job" value={job.id} />
      <Submit look="secondary" busy={t("working")}>
        {t("retry")}
      </Submit>
      <button type="submit" formAction={discard} className="min-h-11 cursor-pointer rounded-lg px-3 text-red hover:bg-red-soft">
        {t("discard")}
      </button>
    </form>
  );
}
