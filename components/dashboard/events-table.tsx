import { Fold, Raw } from "#components/dashboard/fold.tsx";
import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { typeWords } from "#components/dashboard/webhook-words.ts";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  stream: string;
  about: "order" | "payout";
  reference: string;
  live: boolean;
  sequence: number;
  type: string;
  data: Record<string, unknown>;
  at: Date;
  told: { id: string; state: "pending" | "acknowledged" | "dead" }[];
}

const TONES = { pending: "wait", acknowledged: "good", dead: "bad" } as const;

/** What happened, and whom it was told. */
export function EventsTable(props: { t: Translator<"dashboard">; words: Translator<"webhooks">; rows: readonly Row[]; reading: Reading }) {
  const { t, words, rows, reading } = props;
  return (
    <Scroll label={words("events.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {(["at", "type", "about", "sequence", "told", "data"] as const).map((name) => (
              <th key={name} scope="col" className={name === "sequence" ? TABLE.thNumber : TABLE.th}>
                {name === "at" ? <ZoneHead word={words("events.at")} reading={reading} /> : words(`events.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={`${TABLE.row} align-top`}>
              <td className={`${TABLE.td} pt-2.5 text-ink-soft`}>
                <ShortMoment at={row.at} reading={reading} />
              </td>
              <td className={`${TABLE.td} py-2 whitespace-nowrap`}>
                <span className="font-mono text-[13px]">{row.type}</span>
                <span className="block text-xs text-ink-soft">{typeWords(words, row.type)}</span>
              </td>
              <td className={`${TABLE.td} pt-2.5 whitespace-nowrap`}>
                <a
                  href={`/dashboard/${row.about}s/${row.stream}`}
                  className="inline-block max-w-44 truncate font-mono text-[13px] text-jade underline underline-offset-4"
                >
                  {row.reference}
                </a>{" "}
                {row.live ? null : <Badge tone="quiet">{t("common.test")}</Badge>}
              </td>
              <td className={`${TABLE.tdNumber} pt-2.5`}>{row.sequence}</td>
              <td className={`${TABLE.td} pt-2.5`}>
                {row.told.length === 0 ? <span className="text-ink-soft">{words("events.nobody")}</span> : null}
                <ul className="grid gap-1">
                  {row.told.map((one) => (
                    <li key={one.id}>
                      <a href={`/dashboard/deliveries/${one.id}`} className="hover:underline">
                        <Dot tone={TONES[one.state]}>{t(`deliveryState.${one.state}`)}</Dot>
                      </a>
                    </li>
                  ))}
                </ul>
              </td>
              <td className={`${TABLE.td} min-w-56 py-1.5`}>
                <Fold title={words("events.data")}>
                  <Raw label={row.id} text={JSON.stringify(row.data, null, 2)} />
                </Fold>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
