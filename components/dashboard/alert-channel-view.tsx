import { ChannelDot } from "#components/dashboard/alert-channels-table.tsx";
import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Dot, type Tone } from "#components/ui/dot.tsx";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
import { Submit } from "#components/ui/submit.tsx";
import type { AlertChannel, LoggedMessage } from "#db/queries/alert-channels.ts";
import { clockOf } from "#lib/domain/quiet-hours.ts";
import { LOCALE_NAMES } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"alerts">;
type Channel = Omit<AlertChannel, "target">;

/** What a channel is set to. */
export function ChannelFacts({ t, channel }: { t: T; channel: Channel }) {
  const { quietFrom, quietTo, remindHours, locale } = channel;
  const kinds = channel.kinds?.map((kind) => t(`kinds.${kind}.name`)).join(", ") ?? t("channels.kindsAll");
  const quiet = quietFrom === null || quietTo === null ? "–" : `${clockOf(quietFrom)}–${clockOf(quietTo)} ${channel.timeZone}`;
  const remind = (["0", "4", "24", "72"] as const).find((hours) => hours === String(remindHours)) ?? "24";
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [t("channels.status"), <ChannelDot key="status" t={t} channel={channel} />],
    [t("channels.service"), t(`services.${channel.service}`)],
    [
      t("channels.where"),
      <span key="where" className="font-mono text-xs break-all">
        {channel.shown}
      </span>,
    ],
    [t("channels.kinds"), kinds],
    [t("channels.language"), LOCALE_NAMES[locale as keyof typeof LOCALE_NAMES]],
    [t("channels.quiet"), quiet],
    [t("channels.remind"), t(`channels.remind_${remind}`)],
  ];
  return (
    <dl className={`${CARD} grid gap-x-6 gap-y-3 sm:grid-cols-2`}>
      {facts.map(([name, value]) => (
        <div key={name} className="grid min-w-0 gap-0.5">
          <dt className="text-xs text-ink-soft">{name}</dt>
          <dd className="min-w-0 text-sm break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Edit, pause or resume, delete. */
export function ChannelSwitches(props: {
  t: T;
  busy: string;
  channel: Channel;
  hidden: Record<string, string>;
  query: string;
  submit: (form: FormData) => Promise<void>;
}) {
  const { t, busy, channel, hidden, query, submit } = props;
  const fields = (verb: string) =>
    Object.entries({ ...hidden, channel: channel.id, verb }).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ));
  const verb = channel.active ? "pause" : "resume";
  return (
    <div className="flex flex-wrap items-start gap-2">
      <a href={`/dashboard/alerts/channels/${channel.id}/edit${query}`} className={BUTTON.secondary}>
        {t("channels.edit")}
      </a>
      <form action={submit}>
        {fields(verb)}
        <Submit look="secondary" busy={busy}>
          {t(`channels.${verb}`)}
        </Submit>
      </form>
      <details className="open:basis-full">
        <summary className={`${BUTTON.secondary} list-none [&::-webkit-details-marker]:hidden`}>{t("channels.delete")}</summary>
        <form action={submit} className="mt-2 grid max-w-lg gap-3 rounded-card border border-line bg-surface p-4">
          {fields("delete")}
          <p>{t("channels.deleteText")}</p>
          <div>
            <Submit look="danger" busy={busy}>
              {t("channels.deleteYes")}
            </Submit>
          </div>
        </form>
      </details>
    </div>
  );
}

const TONES = { pending: "wait", sent: "good", failed: "bad", dropped: "quiet" } as const satisfies Record<LoggedMessage["state"], Tone>;

/** What a channel was sent last, and what came back. */
export function ChannelLog({ t, rows, reading }: { t: T; rows: readonly LoggedMessage[]; reading: Reading }) {
  const columns: Column<LoggedMessage>[] = [
    {
      head: zoneText(t("channels.logWhen"), reading),
      look: "text-ink-soft",
      cell: (row) => <ShortMoment at={row.createdAt} reading={reading} />,
    },
    {
      head: t("channels.logWhat"),
      phone: "lead",
      look: "md:max-w-96 md:min-w-44",
      cell: (row) => (
        <>
          <span className="block truncate">
            {row.title ?? [t(`purposes.${row.purpose}`), row.kind && t(`kinds.${row.kind}.name`)].filter(Boolean).join(" · ")}
          </span>
          <LastAnswer t={t} row={row} />
        </>
      ),
    },
    {
      head: t("channels.logState"),
      phone: "aside",
      look: "max-md:font-normal",
      cell: (row) => <Dot tone={TONES[row.state]}>{t(`states.${row.state}`)}</Dot>,
    },
    { head: t("channels.logTries"), number: true, cell: (row) => row.tries.length },
  ];
  return <ListTable label={t("channels.log")} columns={columns} rows={rows} rowKey={({ id }) => String(id)} />;
}

function LastAnswer({ t, row }: { t: T; row: LoggedMessage }) {
  const last = row.tries.at(-1);
  if (!last || last.ok) return null;
  return (
    <span className="block text-xs break-words text-ink-soft">
      {t(`answers.${last.answer}`)} {last.detail ? t("channels.testAnswer", { detail: last.detail }) : null}
    </span>
  );
}
