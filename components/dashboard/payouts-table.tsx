import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { channelText, PAYOUT_TONES } from "#components/dashboard/payout-words.ts";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { PayoutState } from "#lib/domain/payout.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  payoutNo: string;
  channel: string;
  accountTitle: string;
  live: boolean;
  currency: string;
  amount: bigint;
  state: PayoutState;
  recipientEnding: string;
  needsReview: boolean;
  createdAt: Date;
}

/** Money sent out, newest first; of the recipient only the last four digits. */
export function PayoutsTable({ t, rows, reading }: { t: Translator<"dashboard">; rows: readonly Row[]; reading: Reading }) {
  return (
    <Scroll label={t("payouts.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {(["created", "amount", "state", "recipient", "from"] as const).map((name) => (
              <th key={name} scope="col" className={name === "amount" ? TABLE.thNumber : TABLE.th}>
                {name === "created" ? <ZoneHead word={t("payouts.created")} reading={reading} /> : t(`payouts.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={TABLE.td}>
                <a href={`/dashboard/payouts/${row.id}`} className="text-jade underline underline-offset-4">
                  <ShortMoment at={row.createdAt} reading={reading} />
                  <span className="sr-only"> {row.payoutNo}</span>
                </a>
              </td>
              <td className={TABLE.tdNumber}>{moneyText(row, reading.locale)}</td>
              <td className={TABLE.td}>
                <span className="flex items-center gap-2">
                  <Dot tone={PAYOUT_TONES[row.state]}>{t(`payouts.state_${row.state}`)}</Dot>
                  {row.needsReview ? <Badge tone="bad">{t("mark.review")}</Badge> : null}
                  {row.live ? null : <Badge tone="quiet">{t("common.test")}</Badge>}
                </span>
              </td>
              <td className={`${TABLE.td} font-mono text-[13px] whitespace-nowrap`}>•••• {row.recipientEnding}</td>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                {row.accountTitle} <span className="text-ink-soft">· {channelText(t, row.channel)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
