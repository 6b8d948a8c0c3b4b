import { actionText } from "#components/dashboard/audit-words.ts";
import { DaysFilter, FILTER_INPUT } from "#components/ui/days-filter.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

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

/** What was done, by whom, to what, within which days. */
export function AuditFilter({ t, words, address, actors, actions, timeZone, clear }: Props) {
  const areas = [...new Set(actions.map((action) => action.split(".")[0] ?? ""))];
  const known = address.actor === null || actors.some(({ id }) => id === address.actor);
  return (
    <DaysFilter
      action="/dashboard/audit"
      words={{ ...words, from: t("filter.from"), to: t("filter.to"), zone: t("filter.zone", { zone: timeZone }) }}
      days={address}
      clear={clear}
    >
      <select
        name="actor"
        aria-label={t("column.who")}
        defaultValue={address.actor ?? ""}
        className={`${FILTER_INPUT} col-span-2 sm:max-w-52`}
      >
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
        className={`${FILTER_INPUT} col-span-2 sm:max-w-64`}
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
        className={`${FILTER_INPUT} col-span-2 font-mono sm:w-56`}
      />
    </DaysFilter>
  );
}
