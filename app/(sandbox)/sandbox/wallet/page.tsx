import { openSandbox, type PageProps, queryText } from "#app/(sandbox)/open-sandbox.ts";
import { PhoneShell } from "#components/sandbox/phone-shell.tsx";
import { isPhone, PHONES } from "#lib/sandbox/phone.ts";

/** The scanner: paste what a QR code says. */
export default async function WalletPage({ searchParams }: PageProps) {
  const { t, locale } = await openSandbox();
  const query = await searchParams;
  const problem = queryText(query, "problem");
  const phone = queryText(query, "phone");
  return (
    <PhoneShell
      t={t}
      locale={locale}
      wallet={null}
      title={t("wallet.scanTitle")}
      here="/sandbox/wallet"
      place="wallet"
      closeHref="/sandbox"
    >
      <form method="get" action="/sandbox/wallet/scan" className="scan">
        <div className="finder" aria-hidden="true">
          <i />
        </div>
        {problem ? (
          <p className="alert" role="alert">
            <strong>{t("wallet.unreadable")}</strong> {t("wallet.unreadableHint")}
          </p>
        ) : null}
        <label>
          {t("wallet.scanLabel")}
          <textarea name="code" rows={3} required maxLength={2000} defaultValue={queryText(query, "code")} aria-describedby="scan-hint" />
        </label>
        <p id="scan-hint" className="soft">
          {t("wallet.scanHint")}
        </p>
        <label>
          {t("wallet.openIn")}
          <select name="phone" defaultValue={isPhone(phone) ? phone : "wechat"}>
            {PHONES.map((one) => (
              <option key={one} value={one}>
                {t(`nav.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="pay">
          {t("wallet.scan")}
        </button>
        <a className="quiet" href="/sandbox/wallet/code">
          {t("wallet.showCode")}
        </a>
      </form>
    </PhoneShell>
  );
}
