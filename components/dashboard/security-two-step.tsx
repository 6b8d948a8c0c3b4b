import type { ConfirmView } from "#components/dashboard/confirm-person.tsx";
import type { CodesWords } from "#components/dashboard/recovery-codes.tsx";
import type { TwoStepState } from "#components/dashboard/two-step-enrol.tsx";
import { ConfirmedForm } from "#components/dashboard/two-step-forms.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

type Action = (before: TwoStepState, form: FormData) => Promise<TwoStepState>;

/** From so few recovery codes on, the page says to make new ones. */
const FEW_CODES = 3;

interface Props {
  t: Translator<"safety">;
  /** Since when it is on, in words; null: off. */
  onSince: string | null;
  codesLeft: number;
  /** A merchant that asks for it: it cannot be switched off then. */
  askedBy: string | null;
  confirm: ConfirmView;
  codes: CodesWords;
  actions: { renewCodes: Action; switchOff: Action };
}

/** A person's second step: whether it is on, what is left of the recovery codes, and the forms to change that. */
export function SecurityTwoStep({ t, onSince, codesLeft, askedBy, confirm, codes, actions }: Props) {
  if (onSince === null) {
    return (
      <>
        <p className="max-w-prose text-sm text-ink-soft">{t("twoStep.lead")}</p>
        <div>
          <a href="/dashboard/security/two-step" className={BUTTON.primary}>
            <Icon name="shield" className="size-4" />
            {t("twoStep.turnOn")}
          </a>
        </div>
      </>
    );
  }
  return (
    <>
      <p className="flex flex-wrap gap-x-2 text-sm text-ink-soft">
        <span>{t("twoStep.onSince", { at: onSince })}</span>
        <span>{t("twoStep.codesLeft", { count: codesLeft })}</span>
      </p>
      {codesLeft < FEW_CODES ? <Notice kind="hint">{t("twoStep.codesFew")}</Notice> : null}
      <Unfolding title={t("twoStep.newCodes")} text={t("twoStep.newCodesText")}>
        <ConfirmedForm
          submit={actions.renewCodes}
          id="renew"
          look="secondary"
          confirm={confirm}
          words={{ submit: t("twoStep.newCodesSubmit"), busy: t("busy") }}
          codes={codes}
        />
      </Unfolding>
      {askedBy ? (
        <p className="text-sm text-ink-soft">{t("twoStep.asked", { merchant: askedBy })}</p>
      ) : (
        <Unfolding title={t("twoStep.turnOff")} text={t("twoStep.turnOffText")}>
          <ConfirmedForm
            submit={actions.switchOff}
            id="off"
            look="danger"
            confirm={confirm}
            words={{ submit: t("twoStep.turnOffSubmit"), busy: t("busy") }}
          />
        </Unfolding>
      )}
    </>
  );
}

function Unfolding({ title, text, children }: { title: string; text: string; children: React.ReactNode }) {
  return (
    <details className="group/fold rounded-lg border border-line">
      <summary className="flex min-h-11 list-none items-center gap-2 px-3 text-sm font-medium hover:bg-raised [&::-webkit-details-marker]:hidden">
        <Icon name="chevron" className="size-4 text-ink-soft group-open/fold:rotate-90" />
        {title}
      </summary>
      <div className="grid gap-3 border-t border-line p-4">
        <p className="max-w-prose text-sm text-ink-soft">{text}</p>
        {children}
      </div>
    </details>
  );
}
