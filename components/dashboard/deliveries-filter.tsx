import { DaysFilter, FILTER_INPUT } from "#components/ui/days-filter.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

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

/** The list's filters beside its state. */
export function DeliveriesFilter({ t, words, address, endpoints, types, timeZone, clear }: Props) {
  return (
    <DaysFilter
      action="/dashboard/deliveries"
      words={{
        ...{ filter: t("common.filter"), apply: t("common.apply"), clear: t("common.clear") },
        ...{ from: words("deliveries.from"), to: words("deliveries.to"), zone: words("deliveries.zone", { zone: timeZone }) },
      }}
      days={address}
      clear={clear}
    >
      {address.state ? <input type="hidden" name="state" value={address.state} /> : null}
      <select
        name="endpoint"
        aria-label={words("deliveries.endpoint")}
        defaultValue={address.endpoint ?? ""}
        className={`${FILTER_INPUT} col-span-2 sm:max-w-64`}
      >
        <option value="">{words("deliveries.anyEndpoint")}</option>
        {endpoints.map(({ id, url }) => (
          <option key={id} value={id}>
            {url.replace(/^https:\/\//, "").slice(0, 60)}
          </option>
        ))}
      </select>
      <select name="type" aria-label={t("deliveries.event")} defaultValue={address.type ?? ""} className={`${FILTER_INPUT} col-span-2`}>
        <option value="">{words("events.anyType")}</option>
        {types.map((type) => (
          <option key={type} value={type}>
            {type}
          </option>
        ))}
      </select>
    </DaysFilter>
  );
}
