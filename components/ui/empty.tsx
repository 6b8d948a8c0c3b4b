/** Nothing to show: what that means and what to do next. */
export function Empty({ title, text, children, level = 2 }: { title: string; text: string; children?: React.ReactNode; level?: 1 | 2 }) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className="grid justify-items-center gap-2 rounded-card border border-line bg-surface px-6 py-14 text-center">
      <Heading className="text-base font-semibold">{title}</Heading>
      <p className="max-w-prose text-sm break-words text-ink-soft">{text}</p>
      {children ? <div className="mt-3 flex flex-wrap justify-center gap-2">{children}</div> : null}
    </div>
  );
}
