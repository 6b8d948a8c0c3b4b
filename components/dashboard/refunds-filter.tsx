import { BUTTON } from "#components/ui/button.ts";
import { INPUT, tie } from "#components/ui/field.tsx";
import { FilterFold } from "#components/ui/filter-fold.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"refunds">;
  common: Translator<"dashboard">;
  filter: { tab: string; whose: "all" | "theirs" | "mine"; from: string | null; to: string | null; by: string | null };
  problems: readonly { field: "from" | "to" | "by"; problem: "bad_day" | "bad_days" | "bad_by"; value: string }[];
  people: readonly { id: string; name: string }[];
  merchant: { id: string; timeZone: string };
  /** Ways to one's own requests and to those of others; empty where nothing waits. */
  whose: readonly { whose: "all" | "theirs" | "mine"; href: string }[];
  clear: string | null;
}

/** Days and person of a list of refunds: one plain GET form, so the address is the filter and it works without JavaScript. */
export function RefundsFilter({ t, common, filter, problems, people, merchant, whose, clear }: Props) {
  const errorOf = (field: "from" | "to" | "by") => problems.find((one) => one.field === field);
  return (
    <form method="get" action="/dashboard/refunds" aria-label={t("filter")} className="mb-4 grid gap-3">
      <input type="hidden" name="merchant" value={merchant.id} />
      <input type="hidden" name="tab" value={filter.tab} />
      {filter.whose === "all" ? null : <input type="hidden" name="whose" value={filter.whose} />}
      {whose.length > 0 ? (
        <p className="flex flex-wrap gap-x-4 text-sm">
          {whose.map((one) => (
            <a
              key={one.whose}
              href={one.href}
              aria-current={one.whose === filter.whose ? "true" : undefined}
              className="inline-flex min-h-11 items-center text-ink-soft underline decoration-edge/50 underline-offset-3 hover:text-ink sm:min-h-8 aria-[current]:font-medium aria-[current]:text-ink aria-[current]:no-underline"
            >
              {t(`whose_${one.whose}`)}
            </a>
          ))}
        </p>
      ) : null}
      <FilterFold word={common("common.filter")} open={clear !== null}>
        {(["from", "to"] as const).map((field) => (
          <label key={field} className="grid min-w-0 gap-1 text-xs text-ink-soft">
            {t(field)}
            <input
              {...tie(field, { error: errorOf(field) && t(errorOf(field)?.problem ?? "bad_day") })}
              type="date"
              name={field}
              defaultValue={errorOf(field)?.value ?? filter[field] ?? ""}
              className={INPUT}
            />
          </label>
        ))}
        <label className="col-span-2 grid min-w-0 gap-1 text-xs text-ink-soft">
          {t("by")}
          <select
            {...tie("by", { error: errorOf("by") && t("bad_by") })}
            name="by"
            defaultValue={filter.by ?? ""}
            className={`${INPUT} sm:max-w-60`}
          >
            <option value="">{t("anybody")}</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className={BUTTON.secondary}>
          {t("show")}
        </button>
        {clear ? (
          <a href={clear} className={BUTTON.quiet}>
            {common("common.clear")}
          </a>
        ) : null}
        <span className="self-center text-xs sm:self-end sm:pb-3.5 text-ink-soft">
          {common("orders.zone", { zone: merchant.timeZone })}
        </span>
      </FilterFold>
      {problems.map(({ field, problem, value }) => (
        <p key={field + problem} id={`${field}-error`} role="alert" className="text-sm text-red">
          {t(problem)} {value ? `(${value})` : null}
        </p>
      ))}
    </form>
  );
}
