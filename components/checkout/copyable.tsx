import type { Translator } from "#lib/i18n/translator.ts";

/** A number to keep, with a button that copies it (only shown when scripts run; the text itself can be selected). */
export function Copyable({ t, label, value }: { t: Translator<"checkout">; label: string; value: string }) {
  return (
    <span className="copyable">
      <span className="number">{value}</span>
      <CopyButton t={t} label={label} value={value} />
    </span>
  );
}

/** The button alone, for a value that stands elsewhere. */
export function CopyButton({ t, label, value, words }: { t: Translator<"checkout">; label: string; value: string; words?: string }) {
  return (
    <button
      type="button"
      className="copy js-only"
      data-copy={value}
      data-done={t("copy.done")}
      aria-label={words ? undefined : t("copy.label", { what: label })}
      suppressHydrationWarning
    >
      {words ?? t("copy.action")}
    </button>
  );
}
