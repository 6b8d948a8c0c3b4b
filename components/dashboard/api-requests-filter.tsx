import { BUTTON } from "#components/ui/button.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

const INPUT = "min-h-10 w-full min-w-0 rounded-lg border border-edge/50 bg-surface px-2.5 text-base text-ink sm:w-auto sm:text-sm";

interface Props {
  t: Translator<"api">;
  common: { apply: string; clear: string };
  address: { outcome: string | null; key: string | null; operation: string | null; live: string | null };
  keys: readonly { id: string; name: string; face: string }[];
  operations: readonly string[];
  clear: string | null;
}

/** Two plain GET forms: one goes to a request by its id, one narrows the list. Both work without JavaScript. */
export function RequestsFilter({ t, common, address, keys, operations, clear }: Props) {
  const options: [string, string, [string, string][]][] = [
    ["key", t("requests.anyKey"), keys.map(({ id, name, face }) => [id, `${name} · ${face}`])],
    ["operation", t("requests.anyOperation"), operations.map((one) => [one, one])],
    [
      "live",
      t("requests.anyMode"),
      [
        ["no", t("keys.test")],
        ["yes", t("keys.live")],
      ],
    ],
  ];
  return (
    <div className="mb-4 grid gap-2.5">
      {/* biome-ignore lint/a11y/useSemanticElements: the form is the search; browsers older than its element know the role. */}
      <form method="get" action="/dashboard/developers/requests" role="search" className="flex gap-2">
        <div className="relative min-w-0 flex-1">
          <Icon name="search" className="pointer-events-none absolute top-3.5 left-3 size-4 text-ink-soft" />
          <input
            name="id"
            type="search"
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            aria-label={t("requests.find")}
            placeholder={`${t("requests.find")}: req_…`}
            className="min-h-11 w-full rounded-lg border border-edge bg-surface pr-3 pl-9 text-base placeholder:text-ink-soft sm:text-sm"
          />
        </div>
        <button type="submit" className={BUTTON.primary}>
          {t("requests.findGo")}
        </button>
      </form>
      <form method="get" action="/dashboard/developers/requests" className="grid items-center gap-2 sm:flex sm:flex-wrap">
        {address.outcome ? <input type="hidden" name="outcome" value={address.outcome} /> : null}
        {options.map(([name, any, choices]) => (
          <select
            key={name}
            name={name}
            aria-label={any}
            defaultValue={address[name as keyof typeof address] ?? ""}
            className={`${INPUT} sm:max-w-64`}
          >
            <option value="">{any}</option>
            {choices.map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
        ))}
        <button type="submit" className={BUTTON.small}>
          {common.apply}
        </button>
        {clear ? (
          <a href={clear} className="px-2 py-2 text-sm text-jade underline underline-offset-3">
            {common.clear}
          </a>
        ) : null}
      </form>
    </div>
  );
}
