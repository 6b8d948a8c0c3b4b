import { type StaffFormState, shownValue } from "#components/dashboard/staff-form.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";

interface Named {
  name: string;
  label: string;
  hint?: string | undefined;
  /** What is stored; of a tick `on` or nothing. */
  value: string;
}

export interface TextField extends Named {
  kind: "text";
  type?: "text" | "email";
  inputMode?: "decimal";
  placeholder?: string;
}

export interface ChoiceField extends Named {
  kind: "choice";
  options: readonly { value: string; word: string; hint: string }[];
}

export interface SelectField extends Named {
  kind: "select";
  groups: readonly { label: string; options: readonly (readonly [value: string, word: string])[] }[];
}

export interface TickField extends Named {
  kind: "tick";
}

/** Inputs side by side under one heading: a currency's limits. */
export interface RowField {
  kind: "row";
  label: string;
  fields: readonly TextField[];
}

/** A field of a form as plain data, so that a page can hand it to the browser and the browser can draw it anew with what was typed. */
export type StaffField = TextField | ChoiceField | SelectField | TickField | RowField;

interface Props<F extends StaffField> {
  id: string;
  field: F;
  state: StaffFormState;
}

/** Draws one field: what was typed, else what is stored, with its error. `id` makes ids of a page's several forms differ. */
export function StaffFieldInput({ id, field, state }: Props<StaffField>) {
  if (field.kind === "choice") return <Choice id={id} field={field} state={state} />;
  if (field.kind === "select") return <Select id={id} field={field} state={state} />;
  if (field.kind === "tick") return <Tick id={id} field={field} state={state} />;
  if (field.kind === "row") return <Row id={id} field={field} state={state} />;
  return <Text id={id} field={field} state={state} />;
}

function Text({ id, field, state }: Props<TextField>) {
  const { name, label, hint, value, type = "text", inputMode, placeholder } = field;
  const said = { hint, error: state.errors[name] };
  const input = `${id}-${name}`;
  return (
    <Field id={input} label={label} {...said}>
      <input
        {...tie(input, said)}
        name={name}
        type={type}
        inputMode={inputMode}
        placeholder={placeholder}
        autoComplete="off"
        defaultValue={shownValue(state, name, value)}
        className={`${INPUT} ${inputMode ? "text-right tabular-nums" : ""}`}
      />
    </Field>
  );
}

function Choice({ id, field, state }: Props<ChoiceField>) {
  const { name, label, hint, options, value } = field;
  const error = state.errors[name];
  const chosen = shownValue(state, name, value);
  return (
    <fieldset className="grid gap-2" aria-describedby={error ? `${id}-${name}-error` : undefined}>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      {hint ? <p className="text-xs text-ink-soft">{hint}</p> : null}
      <div className="grid gap-2 sm:grid-cols-2">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex min-h-11 items-start gap-3 rounded-lg border border-line p-3 has-checked:border-jade has-checked:bg-jade-soft"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              defaultChecked={option.value === chosen}
              className="mt-0.5 size-4 shrink-0"
            />
            <span className="min-w-0">
              <span className="font-medium">{option.word}</span>
              <span className="block text-xs text-ink-soft">{option.hint}</span>
            </span>
          </label>
        ))}
      </div>
      {error ? (
        <p id={`${id}-${name}-error`} className="text-sm text-red">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

function Select({ id, field, state }: Props<SelectField>) {
  const { name, label, hint, groups, value } = field;
  const said = { hint, error: state.errors[name] };
  const input = `${id}-${name}`;
  return (
    <Field id={input} label={label} {...said}>
      <select {...tie(input, said)} name={name} defaultValue={shownValue(state, name, value)} className={INPUT}>
        {groups.map((group) => {
          const options = group.options.map(([option, word]) => (
            <option key={option} value={option}>
              {word}
            </option>
          ));
          return group.label ? (
            <optgroup key={group.label} label={group.label}>
              {options}
            </optgroup>
          ) : (
            options
          );
        })}
      </select>
    </Field>
  );
}

function Tick({ id, field, state }: Props<TickField>) {
  const { name, label, hint, value } = field;
  return (
    <label className="flex min-h-11 items-start gap-3">
      <input
        type="checkbox"
        name={name}
        defaultChecked={shownValue(state, name, value) === "on"}
        aria-describedby={hint ? `${id}-${name}-hint` : undefined}
        className="mt-0.5 size-4 shrink-0"
      />
      <span>
        <span className="font-medium">{label}</span>
        {hint ? (
          <span id={`${id}-${name}-hint`} className="block text-xs text-ink-soft">
            {hint}
          </span>
        ) : null}
      </span>
    </label>
  );
}

function Row({ id, field, state }: Props<RowField>) {
  return (
    <fieldset className="grid grid-cols-[3.5rem_minmax(0,1fr)_minmax(0,1fr)] items-start gap-3 border-t border-line pt-3 first:border-0 first:pt-0">
      <legend className="sr-only">{field.label}</legend>
      <span aria-hidden="true" className="pt-8 font-medium">
        {field.label}
      </span>
      {field.fields.map((one) => (
        <Text key={one.name} id={id} field={one} state={state} />
      ))}
    </fieldset>
  );
}
