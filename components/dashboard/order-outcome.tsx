import { answersOf, answerText } from "#components/dashboard/order-words.ts";
import { problemWords } from "#components/dashboard/problem-words.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { RefundState } from "#lib/domain/refund.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"dashboard">;
  words: Translator<"order">;
  problem: Translator<"problem">;
  /** `said` and `problem` are words of ours; anything else in the address says nothing. */
  search: Record<string, string | string[] | undefined>;
  refunds: readonly { id: string; state: RefundState }[];
  /** The history, newest first: what the gateway answered stands there. */
  events: readonly { type: string; data: Record<string, unknown> }[];
}

/** What came of the last action, from the address it led to. A refund is told as its row stands now. */
export function OrderOutcome({ t, words, problem, search, refunds, events }: Props) {
  const said = problemWords(problem, search.problem);
  if (said) return <Notice kind="problem">{said}</Notice>;
  if (search.said === "soon") return <Notice kind="hint">{words("said.soon")}</Notice>;
  if (search.said === "resent") return <Notice kind="done">{words("said.resent")}</Notice>;
  if (search.said === "rechecked") return <Answers t={t} words={words} events={events} />;
  if (search.said === "closed") return <Notice kind="done">{t("said.closed")}</Notice>;
  if (search.said === "reviewed") return <Notice kind="done">{t("said.reviewed")}</Notice>;
  const refund = refunds.find((one) => one.id === search.refund);
  if (!refund) return null;
  const kind = refund.state === "failed" ? "problem" : refund.state === "succeeded" || refund.state === "manual" ? "done" : "hint";
  return <Notice kind={kind}>{t(`said.refund_${refund.state}`)}</Notice>;
}

function Answers({ t, words, events }: Pick<Props, "t" | "words" | "events">) {
  const answers = answersOf(events.find(({ type }) => type === "order.rechecked")?.data ?? {});
  return (
    <Notice kind={answers.some(({ answer }) => answer === "unknown") ? "hint" : "done"}>
      {t("said.rechecked", { asked: answers.length })}
      <ul className="mt-1 grid gap-0.5">
        {answers.map(({ gatewayOrderNo, answer }) => (
          <li key={gatewayOrderNo}>
            <span className="font-mono text-xs break-all text-ink-soft">{gatewayOrderNo}</span> {answerText(words, answer)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
