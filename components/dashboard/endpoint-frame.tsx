import { Icon } from "#components/ui/icon.tsx";

/** The page of one thing of a list, with the way back to the list. */
export function BackFrame(props: { href: string; back: string; title: string; narrow?: boolean; children: React.ReactNode }) {
  const { href, back, title, narrow, children } = props;
  return (
    <div className={`mx-auto grid grid-cols-[minmax(0,1fr)] gap-5 ${narrow ? "max-w-2xl" : ""}`}>
      <a href={href} className="inline-flex min-h-9 items-center gap-1 justify-self-start text-sm text-ink-soft hover:text-ink">
        <Icon name="back" className="size-4" />
        {back}
      </a>
      <h1 className="text-xl font-semibold break-all">{title}</h1>
      {children}
    </div>
  );
}
