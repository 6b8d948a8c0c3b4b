const LOOKS = {
  /** Wraps, and scrolls down when it is long. */
  wrapped: "overflow-y-auto break-all whitespace-pre-wrap",
  /** Keeps its lines, and scrolls sideways. */
  lines: "overflow-x-auto",
} as const;

/** Text as it is written, in equal letters; scrolls on its own, also with the keyboard. `className`: its room and frame. */
export function Pre({ look, className, children }: { look: keyof typeof LOOKS; className: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse must be able to scroll it (WCAG 2.1.1).
    <pre tabIndex={0} className={`font-mono text-xs leading-5 ${LOOKS[look]} ${className}`}>
      {children}
    </pre>
  );
}
