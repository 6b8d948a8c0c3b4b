import { BUTTON } from "#components/ui/button.ts";
import type { Translator } from "#lib/i18n/translator.ts";

const SUMMARY = `${BUTTON.secondary} list-none [&::-webkit-details-marker]:hidden`;
const PANEL = "mt-2 grid max-w-lg gap-3 rounded-card border border-line bg-surface p-4";

/** A button that opens what it would do, in words, and the form that does it. Two presses; works without JavaScript. */
export function ReasonPanel({ id, title, text, children }: { id: string; title: string; text: string; children: React.ReactNode }) {
  return (
    <details className="open:basis-full" data-panel={id}>
      <summary className={SUMMARY}>{title}</summary>
      <div className={PANEL}>
        <p>{text}</p>
        {children}
      </div>
    </details>
  );
}

/** What every reason form about an order says. */
export function reasonWords(t: Translator<"dashboard">, words: Translator<"order">) {
  return { reason: words("action.reason"), reasonHint: words("action.reasonHint"), busy: t("common.working") };
}

/** The reasons people usually have: offered as they type, so that one key and Enter are enough. */
export function reasonsFor(words: Translator<"order">, what: "recheck" | "resend" | "close"): string[] {
  return [words(`action.${what}Reason1`), words(`action.${what}Reason2`)];
}
