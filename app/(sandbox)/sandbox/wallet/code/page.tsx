import { openSandbox, type PageProps, queryText } from "#app/(sandbox)/open-sandbox.ts";
import { PhoneShell } from "#components/sandbox/phone-shell.tsx";
import { Qr } from "#components/sandbox/qr.tsx";
import { CODE_BEHAVIOURS, CODE_WALLETS, isCodeWallet } from "#lib/sandbox/codes.ts";

/** The code a shopper shows the merchant's scanner (seeds/000 §4.2, §7.2): asked for by a button, good for one minute. */
export default async function CodePage({ searchParams }: PageProps) {
  const { t, locale } = await openSandbox();
  const query = await searchParams;
  const code = /^\d{16,24}$/.exec(queryText(query, "code"))?.[0] ?? null;
  const asked = queryText(query, "wallet");
  const wallet = isCodeWallet(asked) ? asked : "wechat";
  return (
    <PhoneShell
      t={t}
      locale={locale}
      wallet={code ? wallet : null}
      title={t("code.title")}
      here="/sandbox/wallet/code"
      place="wallet"
      closeHref="/sandbox/wallet"
    >
      <form method="post" action="/sandbox/act" className="scan">
        {code ? (
          <section className="my-code">
            <Qr text={code} label={t("code.title")} />
            <label>
              {t("code.digits")}
              <input readOnly className="mono" value={code} data-testid="wallet-code" />
            </label>
          </section>
        ) : null}
        <p className="soft">{t("code.hint")}</p>
        <label>
          {t("wallet.method")}
          <select name="wallet" defaultValue={wallet}>
            {CODE_WALLETS.map((one) => (
              <option key={one} value={one}>
                {t(`wallet.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t("code.behaviour")}
          <select name="behaviour" defaultValue="pays">
            {CODE_BEHAVIOURS.map((behaviour) => (
              <option key={behaviour} value={behaviour}>
                {t(`code.${behaviour}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" name="do" value="code" className="pay">
          {t("code.new")}
        </button>
      </form>
    </PhoneShell>
  );
}
