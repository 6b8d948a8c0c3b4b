import { problemWords } from "#components/dashboard/problem-words.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { RefundState } from "#lib/domain/refund.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"dashboard">;
  problem: Translator<"problem">;
  /** `said` and `problem` are words of ours; anything else in the address says nothing. */
  search: Record<string, string | string[] | undefined>;
  refunds: readonly { id: string; state: RefundState }[];
}

/** What came of the last action, from the address it led to. A refund is told as its row stands now. */
export function OrderOutcome({ t, problem, search, refunds }: Props) {
  const said = problemWords(problem, search.problem);
  if (said) return <Notice kind="problem">{said}</Notice>;
  if (search.said === "rechecked") return <Notice kind="done">{t("said.rechecked", { asked: Number(search.asked) || 0 })}</Notice>;
  if (search.said === "closed") return <Notice kind="done">{t("said.closed")}</Notice>;
  if (search.said === "reviewed") return <Notice kind="done">{t("said.reviewed")}</Notice>;
  const refund = refunds.find((one) => one.id === search.refund);
  if (!refund) return null;
  const kind = refund.state === "failed" ? "problem" : refund.state === "succeeded" || refund.state === "manual" ? "done" : "hint";
  return <Notice kind={kind}>{t(`said.refund_${refund.state}`)}</Notice>;
}
