import { Verb } from "#components/docs/parts.tsx";

export interface Chapter {
  title: string;
  href: string;
  entries: readonly { href: string; word: string; method?: string }[];
}

/** The way through the page: beside it on a wide screen, folded above it on a phone. */
export function Contents({ chapters }: { chapters: readonly Chapter[] }) {
  return (
    <>
      <details className="rounded-card border border-line bg-surface px-4 py-2 lg:hidden">
        <summary className="min-h-9 content-center text-sm font-medium">Contents</summary>
        <List chapters={chapters} label="Contents, folded" />
      </details>
      <div className="sticky top-20 hidden max-h-[calc(100dvh-6rem)] self-start overflow-y-auto pr-2 lg:block">
        <List chapters={chapters} label="Contents" />
      </div>
    </>
  );
}

function List({ chapters, label }: { chapters: readonly Chapter[]; label: string }) {
  return (
    <nav aria-label={label} className="grid gap-4 pb-4 text-sm">
      {chapters.map(({ title, href, entries }) => (
        <div key={href}>
          <a href={href} className="font-semibold hover:text-jade">
            {title}
          </a>
          <ul className="mt-1 grid border-l border-line">
            {entries.map((entry) => (
              <li key={entry.href}>
                <a
                  href={entry.href}
                  className="-ml-px flex min-h-8 items-center gap-2 border-l border-transparent py-0.5 pl-3 text-ink-soft hover:border-jade hover:text-ink"
                >
                  {entry.method ? <Verb method={entry.method} small /> : null}
                  <span className="min-w-0">{entry.word}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
