/** How one-line inputs and choices look: 44 px high. */
export const INPUT =
  "min-h-11 w-full rounded-lg border border-edge bg-surface px-3 text-base text-ink sm:text-sm aria-invalid:border-red placeholder:text-ink-soft";

/** What an input needs to be tied to its label, hint and error. */
export function tie(id: string, { hint, error }: { hint?: string | undefined; error?: string | undefined }) {
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return { id, "aria-invalid": error ? true : undefined, "aria-describedby": described || undefined };
}

/** A labelled input with its hint and its error; the input itself is given, tied with `tie(id, …)`. */
export function Field(props: {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  children: React.ReactNode;
}) {
  const { id, label, hint, error, children } = props;
  return (
    <div className="grid min-w-0 gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-error`} className="text-sm text-red">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-xs text-ink-soft">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
