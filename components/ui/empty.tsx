import { BUTTON } from "#components/ui/button.ts";

/** A way on; `main`: what most people want here. */
export interface NextStep {
  href: string;
  word: string;
  main?: boolean;
}

interface Props {
  title: string;
  text: string;
  /** Never none: whoever reads it can go on from here, whatever their role. */
  next: readonly [...NextStep[], NextStep];
  level?: 1 | 2;
}

/** Nothing to show: what that means and what to do next. */
export function Empty({ title, text, next, level = 2 }: Props) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className="grid justify-items-center gap-2 rounded-card border border-line bg-surface px-6 py-14 text-center">
      <Heading className="text-base font-semibold">{title}</Heading>
      <p className="max-w-prose text-sm break-words text-ink-soft">{text}</p>
      <div className="mt-3 flex flex-wrap justify-center gap-2">
        {next.map(({ href, word, main }) => (
          <a key={href} href={href} className={main ? BUTTON.primary : BUTTON.secondary}>
            {word}
          </a>
        ))}
      </div>
    </div>
  );
}
