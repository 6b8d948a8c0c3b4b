"use client";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";

/** One field of a gateway's schema, as the form draws it (app: accounts/schema-fields.ts). */
export interface SchemaInputField {
  group: "credentials" | "settings";
  name: string;
  kind: "text" | "multiline" | "number" | "choice" | "flag" | "rows" | "json";
  secret: boolean;
  optional: boolean;
  standard: string;
  options: string[];
  value: string;
  rows: Record<string, string>;
  danger: boolean;
}

/** What a field of the form shows now, by input name. */
export interface Shown {
  value(name: string, initial: string): string;
  ticked(name: string, initial: boolean): boolean;
  error(name: string): string | undefined;
}

interface Props {
  field: SchemaInputField;
  shown: Shown;
  hint: string | undefined;
  words: { danger: string; rows: string; unset: string };
}

/** The input, or the inputs, of one field. */
export function SchemaInput(props: Props) {
  const { field, shown, hint, words } = props;
  const id = `${field.group}.${field.name}`;
  if (field.kind === "rows") return <Rows {...props} />;
  if (field.kind === "flag") {
    const danger = field.danger ? words.danger : undefined;
    return <Tick name={id} label={field.name} danger={danger} checked={shown.ticked(id, field.value === "on")} error={shown.error(id)} />;
  }
  const error = shown.error(id);
  const value = shown.value(id, field.value);
  const common = { ...tie(id, { error, hint }), name: id, placeholder: field.standard, autoComplete: "off", spellCheck: false };
  const area = field.kind === "multiline" || field.kind === "json";
  return (
    <Field id={id} label={field.optional ? field.name : `${field.name} *`} error={error} hint={hint}>
      {field.kind === "choice" ? (
        <select {...tie(id, { error, hint })} name={id} defaultValue={value} className={INPUT}>
          {field.optional ? <option value="">– {field.standard || words.unset}</option> : null}
          {field.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : area ? (
        <textarea {...common} defaultValue={value} rows={field.kind === "json" ? 3 : 6} className={`${INPUT} py-2 font-mono !text-xs`} />
      ) : (
        <input
          {...common}
          className={INPUT}
          type={field.secret ? "password" : "text"}
          inputMode={field.kind === "number" ? "decimal" : undefined}
          autoComplete={field.secret ? "new-password" : "off"}
          defaultValue={value}
        />
      )}
    </Field>
  );
}

/** A record whose names are known: an input each, folded while nothing is set. An empty one stays as the document has it. */
function Rows({ field, shown, words }: Props) {
  const id = `${field.group}.${field.name}`;
  const inputs = field.options.map((option) => ({ option, name: `${id}.${option}`, stored: field.rows[option] ?? "" }));
  const set = inputs.filter(({ name, stored }) => shown.value(name, stored) !== "").length;
  const wrong = shown.error(id) ?? inputs.map(({ name }) => shown.error(name)).find(Boolean);
  return (
    <details open={set > 0 || wrong !== undefined} className="group/rows min-w-0 rounded-lg border border-line p-3">
      <summary className="flex min-h-7 list-none items-center gap-1 text-sm font-medium [&::-webkit-details-marker]:hidden">
        <Icon name="chevron" className="size-4 group-open/rows:rotate-90" />
        {field.name}{" "}
        <span className="font-normal text-ink-soft">
          {words.rows.replace("{set}", String(set)).replace("{all}", String(inputs.length))}
        </span>
      </summary>
      {shown.error(id) ? <p className="text-sm text-red">{shown.error(id)}</p> : null}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 pt-3 sm:grid-cols-2">
        {inputs.map(({ option, name, stored }) => (
          <Field key={option} id={name} label={option} error={shown.error(name)}>
            <input
              {...tie(name, { error: shown.error(name) })}
              name={name}
              autoComplete="off"
              spellCheck={false}
              defaultValue={shown.value(name, stored)}
              className={`${INPUT} font-mono`}
            />
          </Field>
        ))}
      </div>
    </details>
  );
}

export function Text(props: { name: string; label: string; value: string; hint?: string | undefined; error: string | undefined }) {
  const { name, label, value, hint, error } = props;
  return (
    <Field id={name} label={label} error={error} hint={hint}>
      <input {...tie(name, { error, hint })} name={name} defaultValue={value} autoComplete="off" className={INPUT} />
    </Field>
  );
}

interface TickProps {
  name: string;
  label: string;
  hint?: string | undefined;
  danger?: string | undefined;
  checked: boolean;
  error?: string | undefined;
}

export function Tick({ name, label, hint, danger, checked, error }: TickProps) {
  const said = error ?? danger ?? hint;
  return (
    <label className={`flex min-h-9 items-start gap-3 ${danger ? "rounded-lg border border-red/40 bg-red-soft p-3" : ""}`}>
      <input type="checkbox" name={name} defaultChecked={checked} className="mt-0.5 size-4" />
      <span>
        {label}
        {said ? <span className={`block text-xs ${error || danger ? "text-red" : "text-ink-soft"}`}>{said}</span> : null}
      </span>
    </label>
  );
}

interface WindowsProps {
  rows: readonly { currency: string; min: string; max: string }[];
  currencies: readonly string[];
  shown: Shown;
  words: Record<"windows" | "windowsHint" | "windowCurrency" | "windowMin" | "windowMax", string>;
}

/** The amounts an account takes: a row a window, empty rows to add more. */
export function Windows({ rows, currencies, shown, words }: WindowsProps) {
  return (
    <fieldset className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <legend className="text-sm font-medium">{words.windows}</legend>
      <p className="text-xs text-ink-soft">{words.windowsHint}</p>
      {rows.map((row, index) => {
        const name = (part: keyof typeof row) => `window.${index}.${part}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are only ever drawn whole, and their inputs are named by index.
          <div key={index} className="grid grid-cols-[5.5rem_minmax(0,1fr)_minmax(0,1fr)] items-start gap-2">
            <select
              name={name("currency")}
              aria-label={`${words.windowCurrency} ${index + 1}`}
              defaultValue={shown.value(name("currency"), row.currency)}
              className={INPUT}
            >
              {currencies.map((currency) => (
                <option key={currency}>{currency}</option>
              ))}
            </select>
            <End name={name("min")} label={`${words.windowMin} ${index + 1}`} word={words.windowMin} value={row.min} shown={shown} />
            <End name={name("max")} label={`${words.windowMax} ${index + 1}`} word={words.windowMax} value={row.max} shown={shown} />
          </div>
        );
      })}
    </fieldset>
  );
}

function End(props: { name: string; label: string; word: string; value: string; shown: Shown }) {
  const { name, label, word, value, shown } = props;
  const error = shown.error(name);
  return (
    <div className="grid min-w-0 gap-1">
      <input
        {...tie(name, { error })}
        name={name}
        aria-label={label}
        placeholder={word}
        inputMode="decimal"
        autoComplete="off"
        defaultValue={shown.value(name, value)}
        className={`${INPUT} text-right tabular-nums`}
      />
      {error ? (
        <p id={`${name}-error`} className="text-xs text-red">
          {error}
        </p>
      ) : null}
    </div>
  );
}
