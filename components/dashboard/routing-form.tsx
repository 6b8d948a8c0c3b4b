import { CARD } from "#components/ui/card.ts";
import { Submit } from "#components/ui/submit.tsx";
import { ROUTINGS, type Routing } from "#lib/domain/routing.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"dashboard">;
  merchantId: string;
  routing: Routing;
  /** Null for somebody who may only look. */
  save: ((form: FormData) => Promise<void>) | null;
}

/** Which of several accounts with the same method is tried first. */
export function RoutingForm({ t, merchantId, routing, save }: Props) {
  if (!save) {
    return (
      <p className="pt-6 text-ink-soft">
        {t("accounts.routing")}: {t(`accounts.routing_${routing}`)}. {t(`accounts.routing_${routing}_hint`)}
      </p>
    );
  }
  return (
    <form action={save} className={`${CARD} mt-6 grid gap-4`}>
      <input type="hidden" name="merchant" value={merchantId} />
      <fieldset className="grid gap-2">
        <legend className="mb-1 font-semibold">{t("accounts.routing")}</legend>
        <p className="text-xs text-ink-soft">{t("accounts.routingLead")}</p>
        <div className="grid gap-2 sm:grid-cols-3">
          {ROUTINGS.map((one) => (
            <label
              key={one}
              className="flex items-start gap-3 rounded-lg border border-line p-3 has-checked:border-jade has-checked:bg-jade-soft"
            >
              <input type="radio" name="routing" value={one} defaultChecked={one === routing} className="mt-0.5 size-4" />
              <span>
                <span className="font-medium">{t(`accounts.routing_${one}`)}</span>
                <span className="block text-xs text-ink-soft">{t(`accounts.routing_${one}_hint`)}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div>
        <Submit look="secondary" busy={t("common.working")}>
          {t("accounts.saveRouting")}
        </Submit>
      </div>
    </form>
  );
}
