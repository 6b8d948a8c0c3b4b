import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { FRAMERS_HEADER } from "#lib/domain/embed.ts";
import type { Locale } from "#lib/i18n/locale.ts";

/**
 * First in the head, before Next's runtime, which must never be in the way here (stack.md). Two things:
 * - It is kept from hydrating: it waits for `__next_s` (the queue of scripts that come before it, next/dist/client/
 *   app-bootstrap) before it touches the document, and this queue never ends. So nothing draws over what our script
 *   wrote, and a phone's processor is left alone. Should a later Next look elsewhere, the second thing still holds:
 * - It would catch the forms' submits and turn them into soft navigations, and iOS WeChat checks the address of the
 *   document that was loaded. Stopping the event leaves the post to the browser; a second press within ten seconds is
 *   dropped (one load and two taps sent three requests: peers.md).
 */
const GUARD = `(function(){var d=document.documentElement,t;d.classList.add("js");
self.__next_s={length:1,reduce:function(){return new Promise(function(){})}};
function free(){clearTimeout(t);d.removeAttribute("data-busy");var p=document.querySelector("[data-pressed]");if(p)p.removeAttribute("data-pressed")}
addEventListener("submit",function(e){e.stopImmediatePropagation();if(d.hasAttribute("data-busy")){e.preventDefault();return}
d.setAttribute("data-busy","");var p=e.submitter||document.activeElement;if(p)p.setAttribute("data-pressed","");t=setTimeout(free,1e4)},true);
addEventListener("pageshow",free)})()`;

/**
 * The document around every shopper's page: language, theme, the guard, and the one script. `still`: without the script, for a
 * page that is only looked at.
 */
export async function CheckoutDocument({ locale, still, children }: { locale: Locale; still?: boolean; children: ReactNode }) {
  const [head, jar] = await Promise.all([headers(), cookies()]);
  const nonce = head.get("x-nonce") ?? undefined;
  const wish = jar.get("theme")?.value;
  const theme = wish === "light" || wish === "dark" ? wish : undefined;
  return (
    <html lang={locale} data-theme={theme} suppressHydrationWarning>
      {/* biome-ignore lint/style/noHeadElement: a root layout draws the document itself */}
      <head>
        <meta name="color-scheme" content={theme ?? "light dark"} />
        <meta name="format-detection" content="telephone=no" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this file, under the request's nonce */}
        <script nonce={nonce} dangerouslySetInnerHTML={{ __html: GUARD }} suppressHydrationWarning />
      </head>
      <body data-framers={head.get(FRAMERS_HEADER) || undefined}>
        {children}
        {!still && <script src={scriptAddress()} defer nonce={nonce} suppressHydrationWarning />}
      </body>
    </html>
  );
}

let address: string | null = null;

// The hash makes the script cacheable for ever (next.config.js); where public/ is served by somebody else there is none.
function scriptAddress(): string {
  if (address) return address;
  const file = path.join(process.cwd(), "public", "checkout.js");
  const hash = existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 12) : null;
  address = hash ? `/checkout.js?v=${hash}` : "/checkout.js";
  return address;
}
