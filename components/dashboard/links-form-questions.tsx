"use client";
import { Tick } from "#components/dashboard/account-inputs.tsx";
import { Area, Choice, Line, type LinkFormShown } from "#components/dashboard/links-inputs.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { FIELD_KINDS, FIELDS_MAX } from "#lib/domain/link.ts";

/** Up to three questions, each folded away until it is written. */
export function LinkQuestionFields({ section, shown }: { section: string; shown: LinkFormShown }) {
  const { words } = shown;
  return (
    <section className={section} aria-labelledby="questions">
      <div>
        <h2 id="questions" className="font-semibold">
          {words.questions}
        </h2>
        <p className="text-xs text-ink-soft">{words.questions_hint}</p>
      </div>
      {Array.from({ length: FIELDS_MAX }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are only ever drawn whole, and their inputs are named by index.
        <Question key={row} row={row} shown={shown} />
      ))}
    </section>
  );
}

function Question({ row, shown }: { row: number; shown: LinkFormShown }) {
  const { words } = shown;
  const name = (part: string): string => `fields.${row}.${part}`;
  const label = shown.value(name("label"));
  const wrong = ["label", "kind", "key", "max_length", "options"].some((part) => shown.error(name(part)));
  return (
    <details open={label !== "" || wrong} className="group/question min-w-0 rounded-lg border border-line p-3">
      <summary className="flex min-h-7 cursor-pointer list-none items-center gap-1 text-sm font-medium [&::-webkit-details-marker]:hidden">
        <Icon name="chevron" className="size-4 group-open/question:rotate-90" />
        {words.question.replace("{n}", String(row + 1))}
        {label ? <span className="truncate font-normal text-ink-soft">· {label}</span> : null}
      </summary>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 pt-3 sm:grid-cols-2">
        <Line name={name("label")} label={words.question.replace("{n}", String(row + 1))} shown={shown} maxLength={60} />
        <Choice
          name={name("kind")}
          label={words.kind}
          shown={shown}
          options={FIELD_KINDS.map((kind) => ({ value: kind, word: words[`kind_${kind}`] }))}
        />
        <Line name={name("max_length")} label={words.length} shown={shown} inputMode="numeric" />
        <Line name={name("key")} label={words.key} hint={words.key_hint} shown={shown} maxLength={40} />
        <div className="sm:col-span-2">
          <Area name={name("options")} label={words.options} shown={shown} rows={3} />
        </div>
        <Tick name={name("required")} label={words.required} checked={shown.value(name("required")) === "on"} />
      </div>
    </details>
  );
}
