import { Footer } from "#components/checkout/footer.tsx";
import { Mark } from "#components/checkout/mark.tsx";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** The front door: what this is, and the doors for those who work here, those who try it, and those who came to pay. */
export function Home({ locale, sandbox }: { locale: Locale; sandbox: boolean }) {
  const t = translator(locale, "checkout");
  return (
    <div className="page">
      <main className="home" data-view="home" aria-labelledby="state">
        <p className="home-mark" aria-hidden="true">
          收
        </p>
        <h1 id="state">{t("home.title")}</h1>
        <p className="home-lead">{t("home.lead")}</p>
        <p className="home-wallets" aria-hidden="true">
          {(["wechat", "alipay", "unionpay", "qq", "jd"] as const).map((wallet) => (
            <Mark key={wallet} wallet={wallet} size={28} />
          ))}
        </p>
        <ul className="doors">
          <li>
            <a href="/sign-in" className="door">
              <strong>{t("home.sign_in")}</strong>
              <span>{t("home.sign_in_words")}</span>
            </a>
          </li>
          {sandbox && (
            <li>
              <a href="/sandbox" className="door">
                <strong>{t("home.sandbox")}</strong>
                <span>{t("home.sandbox_words")}</span>
              </a>
            </li>
          )}
        </ul>
        <p className="small">
          <strong>{t("home.shopper")}</strong> {t("home.shopper_words")}
        </p>
      </main>
      <Footer locale={locale} t={t} />
    </div>
  );
}
