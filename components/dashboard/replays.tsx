import { type Reading, ShortMoment } from "#components/dashboard/moment.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { type Outcome, OutcomeForm } from "#components/ui/outcome-form.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  words: Translator<"webhooks">;
  busy: string;
  submit: (before: Outcome | null, form: FormData) => Promise<Outcome>;
  hidden: Record<string, string>;
  replays: readonly { id: string; total: number; done: number; finishedAt: Date | null; createdAt: Date }[];
  reading: Reading;
}

/** Sends everything the filter shows again, after a second look; and how far earlier ones are. */
export function Replays({ words, busy, submit, hidden, replays, reading }: Props) {
  return (
    <details className="mt-5">
      <summary className={`${BUTTON.small} list-none [&::-webkit-details-marker]:hidden`}>{words("deliveries.replay")}</summary>
      <div className="mt-2 grid max-w-xl gap-3 rounded-card border border-line bg-surface p-4">
        <p className="text-sm">{words("deliveries.replayText")}</p>
        {hidden.from || hidden.to ? null : <p className="text-sm text-ink-soft">{words("deliveries.replayDays")}</p>}
        <OutcomeForm submit={submit} hidden={hidden} look="primary" busy={busy}>
          {words("deliveries.replayYes")}
        </OutcomeForm>
        {replays.length > 0 ? (
          <div className="grid gap-1 border-t border-line pt-3">
            <h2 className="text-xs text-ink-soft">{words("deliveries.replays")}</h2>
            <ul className="grid gap-1 text-sm">
              {replays.map((one) => (
                <li key={one.id} className="flex flex-wrap gap-x-3 tabular-nums">
                  <ShortMoment at={one.createdAt} reading={reading} />
                  <span>{words("deliveries.replayDone", { done: one.done, total: one.total })}</span>
                  <span className="text-ink-soft">{words(one.finishedAt ? "deliveries.finished" : "deliveries.underWay")}</span>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
    </details>
  );
}
