import { BUTTON } from "#components/ui/button.ts";
import { FilterFold } from "#components/ui/filter-fold.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

const INPUT = "min-h-10 w-full min-w-0 rounded-lg border border-edge/50 bg-surface px-2.5 text-base text-ink sm:w-auto sm:text-sm";

interface Props {
  t: Translator<"dashboard">;
  words: Translator<"webhooks">;
  address: { state: string | null; endpoint: string | null; type: string | null; from: string | null; to: string | null };
  endpoints: readonly { id: string; url: string }[];
  types: readonly string[];
  timeZone: string;
  /** The address without the filter; null when nothing is filtered. */
  clear: string | null;
}

/** The list's filters beside its state: one plain GET form, so the address is the filter and it works without JavaScript. */
export function DeliveriesFilter({ t, words, address, endpoints, types, timeZone, clear }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the form is the search; browsers older than its element know the role.
    <form method="get" action="/dashboard/deliveries" role="search" className="mb-4">
      <FilterFold word={t("common.filter")} open={clear !== null}>
        {address.state ? <input type="hidden" name="state" value={address.state} /> : null}
        <select
          name="endpoint"
          aria-label={words("deliveries.endpoint")}
          defaultValue={address.endpoint ?? ""}
          className={`${INPUT} col-span-2 sm:max-w-64`}
        >
          <option value="">{words("deliveries.anyEndpoint")}</option>
          {endpoints.map(({ id, url }) => (
            <option key={id} value={id}>
              {url.replace(/^https:\/\//, "").slice(0, 60)}
            </option>
          ))}
        </select>
        <select name="type" aria-label={t("deliveries.event")} defaultValue={address.type ?? ""} className={`${INPUT} col-span-2`}>
          <option value="">{words("events.anyType")}</option>
          {types.map((type) => (
            <option key={type} value={type}>
              {type}
            </option>
          ))}
        </select>
        {(["from", "to"] as const).map((field) => (
          <label key={field} className="grid min-w-0 gap-1 text-xs text-ink-soft sm:flex sm:items-center sm:gap-1.5">
            {words(`deliveries.${field}`)}
            <input type="date" name={field} defaultValue={address[field] ?? ""} className={INPUT} />
          </label>
        ))}
        <button type="submit" className={BUTTON.small}>
          {t("common.apply")}
        </button>
        {clear ? (
          <a href={clear} className="px-2 py-2 text-sm text-jade underline underline-offset-3">
            {t("common.clear")}
          </a>
        ) : null}
        <span className="col-span-2 text-xs text-ink-soft sm:self-center">{words("deliveries.zone", { zone: timeZone })}</span>
      </FilterFold>
    </form>
  );
}
