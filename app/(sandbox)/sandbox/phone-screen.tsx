import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { openSandbox, type PageProps, queryText } from "#app/(sandbox)/open-sandbox.ts";
import { Mark } from "#components/sandbox/marks.tsx";
import { PhoneBrowser } from "#components/sandbox/phone-browser.tsx";
import { LanguageSwitch, Shell } from "#components/sandbox/shell.tsx";
import { PHONE_AGENTS, PHONE_COOKIE, PHONE_HEADER, PHONES, type Phone } from "#lib/sandbox/phone.ts";
import { ownPath } from "#lib/sandbox/scan.ts";

/**
 * One of our pages inside a wallet's browser: a phone with the wallet's title bar around a frame of the same origin.
 * The cookie makes the server see the wallet's User-Agent in the frame (lib/sandbox/phone.ts); without it first goes
 * through the route that sets it.
 */
export async function PhoneScreen({ phone, searchParams }: { phone: Phone } & Pick<PageProps, "searchParams">) {
  const { t, locale, origin } = await openSandbox();
  const query = await searchParams;
  const asked = queryText(query, "url");
  const path = asked === "" ? null : ownPath(asked, origin);
  const wallet = t(`wallet.${phone}`);
  const title = t("phone.title", { wallet: t(`nav.${phone}`) });
  const held = (await cookies()).get(PHONE_COOKIE)?.value === phone;
  if (path !== null && !held && queryText(query, "taken") === "")
    redirect(`/sandbox/phone?${new URLSearchParams({ wallet: phone, url: path })}`);
  if (path === null || !held)
    return (
      <Shell t={t} locale={locale} here={`/sandbox/${phone}`} title={title} lead={t("phone.hint")}>
        {path !== null ? (
          <p className="alert" role="alert">
            {t("phone.cookie")}
          </p>
        ) : null}
        {asked !== "" && path === null ? (
          <p className="alert" role="alert">
            {t("phone.outside")}
          </p>
        ) : null}
        <form method="get" action={`/sandbox/${phone}`} className="card stack">
          <label>
            {t("phone.address")}
            <input name="url" required maxLength={2000} defaultValue={asked === "" ? "/l/demo" : asked} />
          </label>
          <button type="submit" className="button button-strong">
            {t("phone.open")}
          </button>
        </form>
        <nav aria-label={t("phone.others")}>
          <p className="soft">{t("phone.others")}</p>
          <ul className="phones">
            {PHONES.filter((one) => one !== phone).map((one) => (
              <li key={one}>
                <a className="button" href={`/sandbox/${one}`}>
                  <Mark wallet={one} size={18} /> {t(`nav.${one}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </Shell>
    );
  return (
    <div className="stage" data-in="browser" data-wallet={phone}>
      <PhoneBrowser
        phone={phone}
        src={path}
        userAgent={PHONE_AGENTS[phone]}
        header={PHONE_HEADER}
        words={{
          frame: t("phone.frame", { wallet }),
          sheet: t("phone.sheet"),
          close: t("phone.close"),
          reload: t("phone.reload"),
          title: wallet,
        }}
      />
      <LanguageSwitch t={t} locale={locale} here={`/sandbox/${phone}?${new URLSearchParams({ url: path })}`} />
    </div>
  );
}
