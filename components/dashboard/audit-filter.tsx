import { actionText } from "#components/dashboard/audit-words.ts";
import { BUTTON } from "#components/ui/button.ts";
import { FilterFold } from "#components/ui/filter-fold.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

const INPUT =
  "min-h-11 w-full min-w-0 rounded-lg border border-edge/50 bg-surface px-2.5 text-base text-ink sm:min-h-10 sm:w-auto sm:text-sm";

interface Props {
  t: Translator<"audit">;
  words: Record<"apply" | "clear" | "filter", string>;
  address: { actor: string | null; action: string | null; target: string | null; from: string | null; to: string | null };
  actors: readonly { id: string; name: string }[];
  actions: readonly string[];
  timeZone: string;
  /** The address without the filter; null when nothing is filtered. */
  clear: string | null;
}

/** The list's filters: one plain GET form, so the address is the filter and it works without JavaScript. */
export function AuditFilter({ t, words, address, actors, actions, timeZone, clear }: Props) {
  const areas = [...new Set(actions.map((action) => action.split(".")[0] ?? ""))];
  const known = address.actor === null || actors.some(({ id }) => id === address.actor);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the form is the search; browsers older than its element know the role.
    <form method="get" action="/dashboard/audit" role="search" className="mb-4">
      <FilterFold word={words.filter} open={clear !== null}>
        <select name="actor" aria-label={t("column.who")} defaultValue={address.actor ?? ""} className={`${INPUT} col-span-2 sm:max-w-52`}>
          <option value="">{t("filter.anyone")}</option>
          {known ? null : <option value={address.actor ?? ""}>{address.actor}</option>}
          {actors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <select
          name="action"
          aria-label={t("column.what")}
          defaultValue={address.action ?? ""}
          className={`${INPUT} col-span-2 sm:max-w-64`}
        >
          <option value="">{t("filter.anything")}</option>
          {areas.map((area) => (
            <optgroup key={area} label={t(`area.${area as "accounts"}`)}>
              {actions
                .filter((action) => action.startsWith(`${area}.`))
                .map((action) => (
                  <option key={action} value={action}>
                    {actionText(t, action)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
        <input
          name="target"
          aria-label={t("filter.target")}
          placeholder={t("filter.target")}
          defaultValue={address.target ?? ""}
          maxLength={80}
          autoComplete="off"
          spellCheck={false}
          className={`${INPUT} col-span-2 font-mono sm:w-56`}
        />
        {(["from", "to"] as const).map((field) => (
          <label key={field} className="grid min-w-0 gap-1 text-xs text-ink-soft sm:flex sm:items-center sm:gap-1.5">
            {t(`filter.${field}`)}
            <input type="date" name={field} defaultValue={address[field] ?? ""} className={INPUT} />
          </label>
        ))}
        <button type="submit" className={BUTTON.small}>
          {words.apply}
        </button>
        {clear ? (
          <a href={clear} className="px-2 py-2 text-sm text-jade underline underline-offset-3">
            {words.clear}
          </a>
        ) : null}
        <span className="col-span-2 text-xs text-ink-soft sm:self-center">{t("filter.zone", { zone: timeZone })}</span>
      </FilterFold>
    </form>
  );
}
