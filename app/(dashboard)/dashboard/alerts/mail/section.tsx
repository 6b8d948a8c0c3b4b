import { removeMailServer, saveMailServer } from "#app/(dashboard)/dashboard/alerts/mail/actions.ts";
import type { Whose } from "#app/(dashboard)/dashboard/alerts/whose.ts";
import { MailRemoveForm, MailServerForm } from "#components/dashboard/alert-mail.tsx";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { CARD } from "#components/ui/card.ts";
import { Notice } from "#components/ui/notice.tsx";
import { mailServer } from "#lib/mail.ts";

/** The installation's mail server: which one is used, and a form for it. The password is never shown. */
export async function MailServerSection({ whose: { t, common, user, locale } }: { whose: Whose }) {
  const server = await mailServer().catch(() => "unreadable" as const);
  const known = server !== null && server !== "unreadable" ? server : null;
  const confirm = confirmView(user, locale);
  const busy = common("common.working");
  const words = {
    url: t("mail.url"),
    urlHint: t("mail.urlHint"),
    sender: t("mail.sender"),
    save: t("mail.save"),
    saveText: t("mail.saveText"),
    busy,
  };
  return (
    <section aria-labelledby="mail" className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`}>
      <div>
        <h2 id="mail" className="font-semibold">
          {t("mail.title")}
        </h2>
        <p className="text-sm text-ink-soft">{t("mail.text")}</p>
      </div>
      {known ? (
        <p className="text-sm">{t(`mail.${known.from}`, { host: new URL(known.url).host, sender: known.sender })}</p>
      ) : (
        <Notice kind="hint">{t(server === null ? "mail.none" : "mail.unreadable")}</Notice>
      )}
      {known?.from === "environment" ? null : (
        <MailServerForm submit={saveMailServer} sender={known?.sender ?? ""} confirm={confirm} words={words} />
      )}
      {known?.from === "screen" ? (
        <MailRemoveForm submit={removeMailServer} confirm={confirm} words={{ remove: t("mail.remove"), busy }} />
      ) : null}
    </section>
  );
}
