import { Moment } from "#components/dashboard/moment.tsx";
import { type Entry, timelineEntries } from "#components/dashboard/timeline-entries.ts";
import {
  AttemptLine,
  EventLine,
  ExchangeLine,
  type FullHistory,
  type LineProps,
  RefundLine,
} from "#components/dashboard/timeline-lines.tsx";
import { DeliveryLine, NotificationLine, RefusedLine, StaffLine } from "#components/dashboard/timeline-messages.tsx";
import { Icon } from "#components/ui/icon.tsx";

export interface TimelineProps extends LineProps {
  history: FullHistory;
  /** The page's own address: each entry leads to the order as it stood then. */
  here: string;
}

const MARKS = {
  event: "bg-ink",
  attempt: "bg-edge",
  refund: "bg-edge",
  notification: "bg-jade",
  refused: "bg-red",
  exchange: "bg-line",
  delivery: "bg-amber",
  staff: "bg-ink-soft",
} as const satisfies Record<Entry["kind"], string>;

/** All that happened to an order, newest first: our own history, calls, notifications, refunds and what the shop was told. */
export function Timeline(props: TimelineProps) {
  const entries = timelineEntries(props.history);
  return (
    <ol className="relative grid grid-cols-[minmax(0,1fr)]">
      {entries.map((entry) => (
        <li key={entry.key} data-kind={entry.kind} className="relative border-l border-line pb-3 pl-5 last:pb-0">
          <span
            aria-hidden="true"
            className={`absolute top-1.5 -left-[4.5px] size-2 rounded-full ring-4 ring-surface ${MARKS[entry.kind]}`}
          />
          <div className="flex flex-wrap items-center gap-x-2 text-xs text-ink-soft">
            <Moment at={entry.at} reading={props.reading} />
            <a
              href={`${props.here}?at=${entry.at.toISOString()}#then`}
              title={props.words("then.at")}
              className="relative inline-grid size-6 place-items-center rounded after:absolute after:-inset-2.5 hover:bg-raised hover:text-ink"
            >
              <Icon name="clock" className="size-3.5" />
              <span className="sr-only">{props.words("then.at")}</span>
            </a>
          </div>
          <Line entry={entry} {...props} />
        </li>
      ))}
    </ol>
  );
}

function Line({ entry, ...props }: TimelineProps & { entry: Entry<FullHistory> }) {
  switch (entry.kind) {
    case "event":
      return <EventLine row={entry.row} {...props} />;
    case "attempt":
      return <AttemptLine row={entry.row} {...props} />;
    case "refund":
      return <RefundLine row={entry.row} {...props} />;
    case "notification":
      return <NotificationLine row={entry.row} {...props} />;
    case "refused":
      return <RefusedLine row={entry.row} {...props} />;
    case "exchange":
      return <ExchangeLine row={entry.row} {...props} />;
    case "staff":
      return <StaffLine row={entry.row} {...props} />;
    case "delivery":
      return <DeliveryLine row={entry.row} {...props} />;
  }
}
