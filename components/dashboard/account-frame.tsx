import { Icon } from "#components/ui/icon.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

/** The narrow page of one gateway account, with the way back to the list. */
export function AccountFrame({ t, title, children }: { t: Translator<"dashboard">; title: string; children: React.ReactNode }) {
  return (
    <div className="mx-auto grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-5">
      <a
        href="/dashboard/accounts"
        className="inline-flex min-h-9 items-center gap-1 justify-self-start text-sm text-ink-soft hover:text-ink"
      >
        <Icon name="back" className="size-4" />
        {t("accounts.back")}
      </a>
      <h1 className="text-xl font-semibold">{title}</h1>
      {children}
    </div>
  );
}
