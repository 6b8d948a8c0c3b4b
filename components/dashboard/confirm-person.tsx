import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { CONFIRM_FIELDS } from "#lib/domain/proof.ts";

/** What ConfirmPerson needs of a page: `confirmView(user, locale)` (confirm-words.ts) makes it. Plain data: fits a client component. */
export interface ConfirmView {
  /** The person did not prove themselves lately, so fields are drawn from the start. */
  needed: boolean;
  /** Two-step sign-in is on: a code as well. */
  code: boolean;
  words: Record<"title" | "why" | "password" | "codeLabel" | "codeHint" | "confirm_missing" | "confirm_wrong" | "confirm_too_many", string>;
}

/**
 * Asks who sits here, inside the form of an action that needs to know (lib/staff.ts: `recent`). Draws nothing while a proof
 * of the last ten minutes holds; an action that answers `confirm_…` brings the fields, with nothing else of the form lost.
 * What is typed here is never given back.
 */
export function ConfirmPerson({ view, problem, id = "confirm" }: { view: ConfirmView; problem?: string | null; id?: string }) {
  const asked = problem?.startsWith("confirm_") ? (problem as keyof ConfirmView["words"]) : null;
  if (!view.needed && !asked) return null;
  const { words } = view;
  const error = asked ? words[asked] : undefined;
  const hint = words.codeHint;
  return (
    <fieldset className="grid gap-4 rounded-card border border-edge/40 bg-raised p-4" aria-describedby={`${id}-why`}>
      <legend className="float-left text-sm font-semibold">{words.title}</legend>
      <p id={`${id}-why`} className="clear-both -mt-3 text-xs text-ink-soft">
        {words.why}
      </p>
      <Field id={`${id}-password`} label={words.password} error={error}>
        <input
          {...tie(`${id}-password`, { error })}
          name={CONFIRM_FIELDS.password}
          type="password"
          autoComplete="current-password"
          required
          className={INPUT}
        />
      </Field>
      {view.code ? (
        <Field id={`${id}-code`} label={words.codeLabel} hint={hint}>
          <input
            {...tie(`${id}-code`, { hint })}
            name={CONFIRM_FIELDS.code}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            required
            className={`${INPUT} font-mono tabular-nums`}
          />
        </Field>
      ) : null}
    </fieldset>
  );
}
