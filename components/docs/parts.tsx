/** Text whose `code` stands between backticks. */
export function Prose({ text, className = "" }: { text: string; className?: string }) {
  const parts = text.split("`");
  return (
    <p className={`max-w-[68ch] ${className}`}>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a fixed sentence never move.
          <code key={index} className="rounded bg-raised px-1 py-px font-mono text-[0.88em] break-words">
            {part}
          </code>
        ) : (
          part
        ),
      )}
    </p>
  );
}

/** A command or a message, as it is typed. */
export function Sample({ text, label }: { text: string; label: string }) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-card border border-line bg-raised">
      <figcaption className="border-b border-line px-3 py-1.5 text-xs text-ink-soft">{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse must be able to scroll it (WCAG 2.1.1). */}
      <pre tabIndex={0} className="overflow-x-auto p-3 font-mono text-[12.5px] leading-5">
        {text}
      </pre>
    </figure>
  );
}

const VERBS: Readonly<Record<string, string>> = {
  GET: "bg-jade-soft text-jade",
  POST: "bg-amber-soft text-amber",
  PATCH: "bg-amber-soft text-amber",
  DELETE: "bg-red-soft text-red",
};

export function Verb({ method, small }: { method: string; small?: boolean }) {
  const size = small ? "w-11 text-[10px]" : "px-2 py-0.5 text-xs";
  return (
    <span className={`inline-block shrink-0 rounded text-center font-mono font-semibold ${size} ${VERBS[method] ?? "bg-raised"}`}>
      {method === "DELETE" && small ? "DEL" : method}
    </span>
  );
}

/** A heading that can be linked to. */
export function Heading({ id, level, children }: { id: string; level: 2 | 3; children: React.ReactNode }) {
  const Tag = level === 2 ? "h2" : "h3";
  return (
    <Tag id={id} className={level === 2 ? "text-2xl font-semibold tracking-tight" : "text-lg font-semibold"}>
      <a href={`#${id}`} className="group">
        {children}
        <span aria-hidden="true" className="ml-2 text-ink-soft opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100">
          #
        </span>
      </a>
    </Tag>
  );
}
