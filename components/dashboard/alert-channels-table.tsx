import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { Dot } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { ListedChannel } from "#db/queries/alert-channels.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"alerts">;

/** Who is told, where, of what, and how it goes. */
export function AlertChannelsTable(props: { t: T; rows: readonly ListedChannel[]; reading: Reading; query: string }) {
  const { t, rows, reading, query } = props;
  return (
    <Scroll label={t("channels.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {(["name", "service", "where", "kinds", "status"] as const).map((name) => (
              <th key={name} scope="col" className={TABLE.th}>
                {t(`channels.${name}`)}
              </th>
            ))}
            <th scope="col" className={TABLE.th}>
              <ZoneHead word={t("channels.last")} reading={reading} />
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.td} max-w-52 min-w-32`}>
                <a href={`/dashboard/alerts/channels/${row.id}${query}`} className="block truncate text-jade underline underline-offset-4">
                  {row.name}
                </a>
              </td>
              <td className={`${TABLE.td} whitespace-nowrap`}>{t(`services.${row.service}`)}</td>
              <td className={`${TABLE.td} max-w-64 truncate font-mono text-xs`}>{row.shown}</td>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                {row.kinds ? t("channels.kindsCount", { count: row.kinds.length }) : t("channels.kindsAll")}
              </td>
              <td className={TABLE.td}>
                <ChannelDot t={t} channel={row} />
              </td>
              <td className={`${TABLE.td} text-ink-soft`}>
                {row.lastSentAt ? <ShortMoment at={row.lastSentAt} reading={reading} /> : t("channels.never")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** How a channel does: paused, failing, or active. */
export function ChannelDot({ t, channel }: { t: T; channel: Pick<ListedChannel, "active" | "failingSince"> }) {
  if (!channel.active) return <Dot tone="quiet">{t("channels.paused")}</Dot>;
  return channel.failingSince ? <Dot tone="bad">{t("channels.failing")}</Dot> : <Dot tone="good">{t("channels.active")}</Dot>;
}
