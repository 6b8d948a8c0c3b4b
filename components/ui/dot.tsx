const TONES = {
  good: "bg-jade",
  wait: "bg-amber",
  bad: "bg-red",
  quiet: "bg-edge",
} as const;
export type Tone = keyof typeof TONES;

/** A state: a dot and a word. The word alone says it; the dot is for the eye. */
export function Dot({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${TONES[tone]}`} />
      {children}
    </span>
  );
}

const BADGES = {
  good: "bg-jade-soft text-jade",
  wait: "bg-amber-soft text-amber",
  bad: "bg-red-soft text-red",
  quiet: "bg-raised text-ink-soft",
} as const satisfies Record<Tone, string>;

/** A short remark beside a state. */
export function Badge({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return <span className={`inline-flex items-center rounded-md px-1.5 py-0.5 text-xs whitespace-nowrap ${BADGES[tone]}`}>{children}</span>;
}
