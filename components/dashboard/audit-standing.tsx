import { standingText } from "#components/dashboard/audit-words.ts";
import { Moment, type Reading } from "#components/dashboard/moment.tsx";
import { CARD } from "#components/ui/card.ts";
import { Dot } from "#components/ui/dot.tsx";
import { type Outcome, OutcomeForm } from "#components/ui/outcome-form.tsx";
import type { Standing } from "#lib/audit/standing.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** Whether the audit is as it was written, when that was last looked at, and a button that looks now. */
export function AuditStanding(props: {
  t: Translator<"audit">;
  standing: Standing;
  reading: Reading;
  merchantId: string;
  submit: (before: Outcome | null, form: FormData) => Promise<Outcome>;
}) {
  const { t, standing, reading, merchantId, submit } = props;
  const tone = standing.kind === "whole" ? "good" : standing.kind === "unchecked" ? "wait" : "bad";
  return (
    <section className={`${CARD} mb-4 grid gap-3`} aria-labelledby="standing">
      <h2 id="standing" className="text-sm font-semibold">
        {t("standing.title")}
      </h2>
      <div className="grid gap-1 text-sm">
        <Dot tone={tone}>{sentence(t, standing)}</Dot>
        {"at" in standing ? (
          <p className="text-xs text-ink-soft">
            {t("standing.at")} <Moment at={standing.at} reading={reading} />
          </p>
        ) : null}
        {standing.kind === "broken" || standing.kind === "forged" ? <p className="max-w-prose">{t("standing.next")}</p> : null}
      </div>
      <OutcomeForm submit={submit} hidden={{ merchant: merchantId }} look="small" busy={t("standing.busy")}>
        {t("standing.check")}
      </OutcomeForm>
    </section>
  );
}

function sentence(t: Translator<"audit">, standing: Standing): string {
  if (standing.kind === "broken") return standingText(t, standing.problem);
  return standing.kind === "whole" ? t("standing.whole", { rows: standing.sequence }) : t(`standing.${standing.kind}`);
}
