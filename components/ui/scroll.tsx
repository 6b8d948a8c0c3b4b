import { TABLE } from "#components/ui/table.ts";

/** A list that may be wider than the screen: it scrolls sideways on its own, also with the keyboard. */
export function Scroll({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse must be able to scroll it (WCAG 2.1.1).
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for inputs; this only names what scrolls.
    <div className={TABLE.frame} tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  );
}
