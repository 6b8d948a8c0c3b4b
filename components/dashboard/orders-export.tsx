import { BUTTON } from "#components/ui/button.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

/** Takes the list as it is looked at away as a file: all of it, not the page. A POST, for it is written into the audit. */
export function OrdersExport(props: { words: Translator<"ledger">; merchantId: string; fields: Readonly<Record<string, string>> }) {
  const { words, merchantId, fields } = props;
  return (
    <form method="post" action="/dashboard/orders/export">
      <input type="hidden" name="merchant" value={merchantId} />
      <input type="hidden" name="fields" value={new URLSearchParams({ ...fields }).toString()} />
      <button type="submit" className={`${BUTTON.small} min-h-11 sm:min-h-9`} title={words("exportHint")}>
        <Icon name="download" className="size-4" />
        {words("export")}
      </button>
    </form>
  );
}
