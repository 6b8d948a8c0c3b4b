import { BUTTON } from "#components/ui/button.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { SearchShortcut } from "#components/ui/search-shortcut.tsx";
import { METHODS, walletOf } from "#lib/domain/methods.ts";
import { ORDER_STATES } from "#lib/domain/order.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Filter {
  number: string | null;
  state: string | null;
  wallet: string | null;
  from: string | null;
  to: string | null;
  needs: string | null;
}

const WALLETS = [...new Set(METHODS.map(walletOf))];
const CHIP = "min-h-10 w-full min-w-0 rounded-lg sm:w-auto border border-edge/50 bg-surface px-2.5 text-base text-ink sm:text-sm";

/** The list's filters: one plain GET form, so the address is the filter and it works without JavaScript. */
export function OrdersFilter(props: {
  t: Translator<"dashboard">;
  filter: Filter;
  merchant: { id: string; timeZone: string };
  clear: string | null;
}) {
  const { t, filter, merchant, clear } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the form is the search; browsers older than its element know the role.
    <form method="get" action="/dashboard/orders" role="search" className="mb-4 grid gap-2.5">
      <input type="hidden" name="merchant" value={merchant.id} />
      <div className="flex gap-2">
        <div className="relative min-w-0 flex-1">
          <Icon name="search" className="pointer-events-none absolute top-3.5 left-3 size-4 text-ink-soft" />
          <input
            id="number"
            name="number"
            type="search"
            defaultValue={filter.number ?? ""}
            maxLength={128}
            autoComplete="off"
            spellCheck={false}
            aria-label={t("orders.search")}
            aria-describedby="number-hint"
            aria-keyshortcuts="/"
            placeholder={t("orders.search")}
            className="min-h-11 w-full rounded-lg border border-edge bg-surface pr-3 pl-9 text-base placeholder:text-ink-soft sm:text-sm"
          />
        </div>
        <button type="submit" className={BUTTON.primary}>
          {t("orders.find")}
        </button>
      </div>
      <p id="number-hint" className="hidden text-xs text-ink-soft sm:block">
        {t("orders.searchHint")} <kbd className="hidden rounded border border-line px-1 font-mono lg:inline">/</kbd>
      </p>
      <SearchShortcut field="number" />
      <div className="grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap sm:items-center">
        <select name="state" aria-label={t("orders.state")} defaultValue={filter.state ?? ""} className={CHIP}>
          <option value="">{t("orders.anyState")}</option>
          {ORDER_STATES.map((state) => (
            <option key={state} value={state}>
              {t(`orderState.${state}`)}
            </option>
          ))}
        </select>
        <select name="wallet" aria-label={t("orders.wallet")} defaultValue={filter.wallet ?? ""} className={CHIP}>
          <option value="">{t("orders.anyWallet")}</option>
          {WALLETS.map((wallet) => (
            <option key={wallet} value={wallet}>
              {t(`wallet.${wallet}`)}
            </option>
          ))}
        </select>
        <select name="needs" aria-label={t("orders.needs")} defaultValue={filter.needs ?? ""} className={`${CHIP} col-span-2`}>
          <option value="">{t("orders.anyNeeds")}</option>
          {(["review", "unclear", "refunding"] as const).map((needs) => (
            <option key={needs} value={needs}>
              {t(`orders.${needs}`)}
            </option>
          ))}
        </select>
        {(["from", "to"] as const).map((field) => (
          <label key={field} className="grid min-w-0 gap-1 text-xs text-ink-soft sm:flex sm:items-center sm:gap-1.5">
            {t(`orders.${field}`)}
            <input type="date" name={field} defaultValue={filter[field] ?? ""} className={CHIP} />
          </label>
        ))}
        <button type="submit" className={BUTTON.small}>
          {t("common.apply")}
        </button>
        {clear ? (
          <a href={clear} className="px-2 py-2 text-sm text-jade underline underline-offset-4">
            {t("common.clear")}
          </a>
        ) : null}
        <span className="text-xs text-ink-soft">{t("orders.zone", { zone: merchant.timeZone })}</span>
      </div>
    </form>
  );
}

type Field = "number" | "state" | "wallet" | "needs" | "from" | "to" | "cursor";
interface Problem {
  field: Field;
  problem: "badNumber" | "badChoice" | "badDate" | "badOrder" | "badCursor";
  value: string;
}

/** Names each field of the address that could not be used, and the way on. */
export function FilterProblems({ t, problems, first }: { t: Translator<"dashboard">; problems: readonly Problem[]; first: string }) {
  const labels: Record<Field, string> = {
    number: t("orders.search"),
    state: t("orders.state"),
    wallet: t("orders.wallet"),
    needs: t("orders.needs"),
    from: t("orders.from"),
    to: t("orders.to"),
    cursor: t("common.pages"),
  };
  return (
    <Notice kind="problem">
      <p className="font-medium">{t("orders.problem")}</p>
      <ul className="mt-1 grid gap-1">
        {problems.map(({ field, problem, value }) => (
          <li key={field + problem}>{t(`orders.${problem}`, { field: labels[field], value, from: labels.from, to: labels.to })}</li>
        ))}
      </ul>
      <a href={first} className="mt-2 inline-block underline underline-offset-4">
        {t("common.clear")}
      </a>
    </Notice>
  );
}
