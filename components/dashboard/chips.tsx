/** A list's narrowing by one field, as links: the address is the filter. */
export function Chips(props: { label: string; choices: readonly { word: string; href: string; current: boolean }[] }) {
  return (
    <nav aria-label={props.label} className="mb-4 flex flex-wrap gap-1.5">
      {props.choices.map(({ word, href, current }) => (
        <a
          key={href}
          href={href}
          aria-current={current ? "true" : undefined}
          className="inline-flex min-h-9 items-center rounded-full border border-edge/40 bg-surface px-3 text-sm text-ink-soft hover:text-ink aria-[current]:border-jade aria-[current]:bg-jade-soft aria-[current]:text-jade"
        >
          {word}
        </a>
      ))}
    </nav>
  );
}

/** A screen's heading and what it is for. */
export function ScreenHead({ title, lead, children }: { title: string; lead: string; children?: React.ReactNode }) {
  return (
    <header className="mb-4 flex flex-wrap items-end justify-between gap-3">
      <div className="grid gap-1">
        <h1 className="text-xl font-semibold">{title}</h1>
        <p className="max-w-prose text-ink-soft">{lead}</p>
      </div>
      {children}
    </header>
  );
}
