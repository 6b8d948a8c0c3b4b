"use client";
import { useActionState } from "react";
import { Ticks } from "#components/dashboard/alert-channel-ticks.tsx";
import type { ChannelWords } from "#components/dashboard/alert-words.ts";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { AllOrSome } from "#components/ui/all-or-some.tsx";
import { CARD } from "#components/ui/card.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What was typed; secrets are not among it when it comes back. */
export interface ChannelFormValues {
  service: string;
  name: string;
  target: Readonly<Record<string, string>>;
  /** Null: every kind. */
  kinds: string[] | null;
  everyMerchant: boolean;
  liveOnly: boolean;
  locale: string;
  quietFrom: string;
  quietTo: string;
  quietUrgent: boolean;
  remindHours: string;
  allClear: boolean;
}

export interface ChannelFormState {
  problem: string | null;
  /** The input the problem is about, by name. */
  field: string | null;
  values: ChannelFormValues | null;
  /** A `confirm_…` word of openAction's: the person must prove who they are. */
  confirm: string | null;
}

/** A service's part of the form. */
export interface ServicePart {
  id: string;
  name: string;
  hint: string;
  fields: readonly { name: string; secret: boolean; max: number; label: string; hint: string }[];
}

interface Props {
  submit: (before: ChannelFormState, form: FormData) => Promise<ChannelFormState>;
  hidden: Record<string, string>;
  values: ChannelFormValues;
  fresh: boolean;
  /** Of the installation's: its merchants' troubles too? */
  installation: boolean;
  service: ServicePart;
  kinds: readonly { kind: string; name: string; what: string; urgent: boolean }[];
  languages: readonly { id: string; name: string }[];
  confirm: ConfirmView;
  words: ChannelWords;
}

/** A channel's form: where it goes, what is told, and when. */
export function AlertChannelForm({ submit, hidden, values: first, fresh, installation, service, kinds, languages, confirm, words }: Props) {
  const [state, action] = useActionState(submit, { problem: null, field: null, values: null, confirm: null });
  const values = state.values ?? first;
  const error = (field: string) => (state.field === field ? (state.problem ?? undefined) : undefined);
  return (
    <form action={action} className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-5`} noValidate key={JSON.stringify(state)}>
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      {Object.entries({ ...hidden, service: service.id }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p className="rounded-lg border border-line bg-raised px-3 py-2 text-sm text-ink-soft">{service.hint}</p>
      <Field id="name" label={words.name} hint={words.nameHint} error={error("name")}>
        <input
          {...tie("name", { hint: words.nameHint, error: error("name") })}
          name="name"
          maxLength={60}
          defaultValue={values.name}
          className={INPUT}
        />
      </Field>
      {service.fields.map((field) => (
        <TargetInput key={field.name} field={field} value={values.target[field.name] ?? ""} error={error(`target.${field.name}`)} />
      ))}
      <AllOrSome
        name="kind"
        errorId="kinds-error"
        all="all"
        words={{ legend: words.kinds, all: words.kindsAll, allText: words.kindsAllText, some: words.kindsSome }}
        choices={kinds.map(({ kind, name, what, urgent }) => ({
          ...{ value: kind, text: what, chosen: values.kinds?.includes(kind) ?? true },
          face: (
            <span>
              {name} {urgent ? <span className="text-xs text-amber">{words.urgent}</span> : null}
            </span>
          ),
        }))}
        some={values.kinds !== null}
        error={error("kinds")}
      />
      <Ticks
        ticks={[
          ...(installation ? [["everyMerchant", words.everyMerchant, words.everyMerchantHint, values.everyMerchant] as const] : []),
          ["liveOnly", words.liveOnly, words.liveOnlyHint, values.liveOnly],
          ["allClear", words.allClear, null, values.allClear],
        ]}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Choice id="locale" label={words.language} value={values.locale} choices={languages} />
        <Choice id="remindHours" label={words.remind} value={values.remindHours} choices={words.reminds} />
      </div>
      <Quiet values={values} error={error("quietFrom")} words={words} />
      <ConfirmPerson view={confirm} problem={state.confirm} />
      <div>
        <Submit busy={words.busy}>{fresh ? words.create : words.save}</Submit>
      </div>
    </form>
  );
}

function TargetInput({ field, value, error }: { field: ServicePart["fields"][number]; value: string; error: string | undefined }) {
  const id = `target.${field.name}`;
  const common = {
    ...tie(id, { hint: field.hint, error }),
    ...{ name: id, maxLength: field.max, autoComplete: "off", spellCheck: false, defaultValue: value },
  };
  return (
    <Field id={id} label={field.label} hint={field.hint} error={error}>
      {field.name === "to" ? (
        <textarea {...common} rows={2} className={`${INPUT} py-2`} />
      ) : (
        <input
          {...common}
          type={field.secret ? "password" : "text"}
          autoComplete={field.secret ? "new-password" : "off"}
          className={`${INPUT} font-mono`}
        />
      )}
    </Field>
  );
}

function Choice(props: { id: string; label: string; value: string; choices: readonly { id: string; name: string }[] }) {
  const { id, label, value, choices } = props;
  return (
    <Field id={id} label={label}>
      <select {...tie(id, {})} name={id} defaultValue={value} className={INPUT}>
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.name}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Quiet({ values, error, words }: { values: ChannelFormValues; error: string | undefined; words: ChannelWords }) {
  const described = [error && "quietFrom-error", "quiet-hint"].filter(Boolean).join(" ");
  return (
    <fieldset className="grid gap-1.5" aria-describedby={described}>
      <legend className="mb-1.5 text-sm font-medium">{words.quiet}</legend>
      <div className="flex flex-wrap gap-3">
        {(["quietFrom", "quietTo"] as const).map((name) => (
          <label key={name} className="flex items-center gap-2 text-sm">
            {words[name]}
            <input
              id={name}
              name={name}
              type="time"
              defaultValue={values[name]}
              aria-invalid={error ? true : undefined}
              className={`${INPUT} w-36`}
            />
          </label>
        ))}
      </div>
      {error ? (
        <p id="quietFrom-error" className="text-sm text-red">
          {error}
        </p>
      ) : null}
      <p id="quiet-hint" className="text-xs text-ink-soft">
        {words.quietHint}
      </p>
      <Ticks ticks={[["quietUrgent", words.quietUrgent, words.quietUrgentHint, values.quietUrgent]]} />
    </fieldset>
  );
}
