import type { MerchantRole } from "#lib/domain/permission.ts";

export interface RoleOption {
  role: MerchantRole;
  word: string;
  hint: string;
}

/** The roles one may give, each with what it means. */
export function RoleChoice(props: { legend: string; options: readonly RoleOption[]; chosen: string; error?: string | undefined }) {
  const { legend, options, chosen, error } = props;
  return (
    <fieldset className="grid gap-2" aria-describedby={error ? "role-error" : undefined}>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {options.map(({ role, word, hint }) => (
          <label
            key={role}
            className="flex min-h-11 items-start gap-3 rounded-lg border border-line p-3 has-checked:border-jade has-checked:bg-jade-soft"
          >
            <input type="radio" name="role" value={role} defaultChecked={role === chosen} className="mt-0.5 size-4" />
            <span>
              <span className="font-medium">{word}</span>
              <span className="block text-xs text-ink-soft">{hint}</span>
            </span>
          </label>
        ))}
      </div>
      {error ? (
        <p id="role-error" className="text-sm text-red">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
