"use client";
import type { HTMLInputTypeAttribute } from "react";
import type { LinkFormWords } from "#components/dashboard/links-form.tsx";
import { Field, INPUT, tie } from "#components/ui/field.tsx";

/** What the form shows now, by input name, and its words. */
export interface LinkFormShown {
  value(name: string): string;
  error(name: string): string | undefined;
  words: LinkFormWords;
}

interface InputProps {
  name: string;
  label: string;
  hint?: string | undefined;
  shown: LinkFormShown;
}

/** One line. Without `type`, text; the browser's own checks are off (the form says what is wrong, in the reader's language). */
export function Line(
  props: InputProps & {
    type?: HTMLInputTypeAttribute;
    inputMode?: "numeric" | "decimal";
    placeholder?: string;
    maxLength?: number;
    narrow?: boolean;
  },
) {
  const { name, label, hint, shown, type = "text", inputMode, placeholder, maxLength, narrow } = props;
  const error = shown.error(name);
  return (
    <Field id={name} label={label} error={error} hint={hint}>
      <input
        {...tie(name, { error, hint })}
        name={name}
        type={type}
        inputMode={inputMode}
        placeholder={placeholder}
        maxLength={maxLength}
        autoComplete="off"
        defaultValue={shown.value(name)}
        className={`${INPUT} ${narrow ? "sm:max-w-60" : ""} ${inputMode ? "tabular-nums" : ""}`}
      />
    </Field>
  );
}

/** Several lines. */
export function Area({ name, label, hint, shown, rows }: InputProps & { rows: number }) {
  const error = shown.error(name);
  return (
    <Field id={name} label={label} error={error} hint={hint}>
      <textarea {...tie(name, { error, hint })} name={name} rows={rows} defaultValue={shown.value(name)} className={`${INPUT} py-2`} />
    </Field>
  );
}

/** One of a few. */
export function Choice({ name, label, hint, shown, options }: InputProps & { options: readonly { value: string; word: string }[] }) {
  const error = shown.error(name);
  return (
    <Field id={name} label={label} error={error} hint={hint}>
      <select {...tie(name, { error, hint })} name={name} defaultValue={shown.value(name)} className={INPUT}>
        {options.map(({ value, word }) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </Field>
  );
}
