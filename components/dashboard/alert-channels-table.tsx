import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { Dot } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
import type { ListedChannel } from "#db/queries/alert-channels.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"alerts">;

/** Who is told, where, of what, and how it goes. */
export function AlertChannelsTable(props: { t: T; rows: readonly ListedChannel[]; reading: Reading; query: string }) {
  const { t, rows, reading, query } = props;
  const columns: Column<ListedChannel>[] = [
    {
      head: t("channels.name"),
      phone: "lead",
      look: "md:max-w-52 md:min-w-32",
      cell: (row) => (
        <a href={`/dashboard/alerts/channels/${row.id}${query}`} className={`block truncate ${LINK}`}>
          {row.name}
        </a>
      ),
    },
    { head: t("channels.service"), look: "md:whitespace-nowrap", cell: (row) => t(`services.${row.service}`) },
    { head: t("channels.where"), look: "md:max-w-64 truncate font-mono text-xs", cell: (row) => row.shown },
    {
      head: t("channels.kinds"),
      look: "md:whitespace-nowrap",
      cell: (row) => (row.kinds ? t("channels.kindsCount", { count: row.kinds.length }) : t("channels.kindsAll")),
    },
    { head: t("channels.status"), phone: "aside", look: "max-md:font-normal", cell: (row) => <ChannelDot t={t} channel={row} /> },
    {
      head: zoneText(t("channels.last"), reading),
      look: "text-ink-soft",
      cell: (row) => (row.lastSentAt ? <ShortMoment at={row.lastSentAt} reading={reading} /> : t("channels.never")),
    },
  ];
  return <ListTable label={t("channels.title")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

/** How a channel does: paused, failing, or active. */
export function ChannelDot({ t, channel }: { t: T; channel: Pick<ListedChannel, "active" | "failingSince"> }) {
  if (!channel.active) return <Dot tone="quiet">{t("channels.paused")}</Dot>;
  return channel.failingSince ? <Dot tone="bad">{t("channels.failing")}</Dot> : <Dot tone="good">{t("channels.active")}</Dot>;
}
