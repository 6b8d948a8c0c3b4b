import { CARD } from "#components/ui/card.ts";

/** One matter of the settings: what it is about on the left, its form on the right; on phones below. */
export function Setting({ id, title, text, children }: { id: string; title: string; text: string; children: React.ReactNode }) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="grid scroll-mt-4 grid-cols-[minmax(0,1fr)] gap-3 border-t border-line pt-6 first:border-0 first:pt-0 md:grid-cols-[14rem_minmax(0,1fr)] md:gap-8"
    >
      <div className="grid content-start gap-1">
        <h2 id={`${id}-title`} className="text-base font-semibold">
          {title}
        </h2>
        <p className="max-w-prose text-sm text-ink-soft">{text}</p>
      </div>
      <div className={`${CARD} grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-5`}>{children}</div>
    </section>
  );
}
