import { Icon } from "#components/ui/icon.tsx";

/** The page of one link, with the way back; `narrow` for forms. */
export function LinksFrame(props: { back: { href: string; word: string }; title: string; narrow?: boolean; children: React.ReactNode }) {
  const { back, title, narrow, children } = props;
  return (
    <div className={`grid grid-cols-[minmax(0,1fr)] gap-5 ${narrow ? "mx-auto max-w-2xl" : ""}`}>
      <a href={back.href} className="inline-flex min-h-9 items-center gap-1 justify-self-start text-sm text-ink-soft hover:text-ink">
        <Icon name="back" className="size-4" />
        {back.word}
      </a>
      <h1 className="text-xl font-semibold break-words">{title}</h1>
      {children}
    </div>
  );
}
