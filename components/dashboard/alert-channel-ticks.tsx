/** Switches of a form: name, word, what it means (or nothing), whether it is on. */
export function Ticks({ ticks }: { ticks: readonly (readonly [string, string, string | null, boolean])[] }) {
  return (
    <div className="grid gap-1">
      {ticks.map(([name, word, hint, on]) => (
        <label key={name} className="flex min-h-11 cursor-pointer items-start gap-2.5 py-2 text-sm">
          <input type="checkbox" name={name} defaultChecked={on} className="mt-0.5 size-4 shrink-0 accent-jade" />
          <span className="grid gap-0.5">
            {word}
            {hint ? <span className="text-xs text-ink-soft">{hint}</span> : null}
          </span>
        </label>
      ))}
    </div>
  );
}
