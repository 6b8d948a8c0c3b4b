"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { type Bridged, bridge, type Callback } from "#components/sandbox/bridge.ts";
import type { Phone } from "#lib/sandbox/phone.ts";

interface Words {
  frame: string;
  sheet: string;
  close: string;
  reload: string;
  title: string;
}

/** How long the wallet's own "done" page stays before the merchant's page is told, as on a real phone. */
const RESULT_MS = 900;
const ATTACH_MS = 40;
const ANSWERS: Readonly<Record<string, "ok" | "cancel" | "fail">> = { paid: "ok", left: "cancel", failed: "fail" };

/**
 * A wallet's browser: our page in a frame, and over it the wallet's password sheet when the page asks for one through
 * WeixinJSBridge or AlipayJSBridge. A client component, for a real wallet is a program around the page, too.
 */
export function PhoneBrowser(props: { phone: Phone; src: string; userAgent: string; header: string; words: Words }) {
  const { phone, src, userAgent, header, words } = props;
  const page = useRef<HTMLIFrameElement>(null);
  const sheetFrame = useRef<HTMLIFrameElement>(null);
  const [title, setTitle] = useState(words.title);
  const [sheet, setSheet] = useState<{ code: string; answer: Callback } | null>(null);

  useEffect(() => {
    const attach = (): void => {
      const view = page.current?.contentWindow as Bridged | null | undefined;
      if (!view) return;
      try {
        if (view.location.href === "about:blank") return;
        bridge(view, { phone, userAgent, header, onPay: (code, answer) => setSheet({ code, answer }) });
        if (view.document.title) setTitle(view.document.title);
      } catch {
        // Another origin's page (a shop's return address): a wallet cannot look into it either.
        setTitle(words.title);
      }
    };
    const timer = setInterval(attach, ATTACH_MS);
    return () => clearInterval(timer);
  }, [phone, userAgent, header, words.title]);

  const readSheet = useCallback((): void => {
    const outcome = sheetFrame.current?.contentDocument?.querySelector<HTMLElement>("[data-outcome]")?.dataset.outcome ?? "";
    const answer = ANSWERS[outcome];
    if (!answer || !sheet) return;
    setTimeout(
      () => {
        setSheet(null);
        sheet.answer({ err_msg: `get_brand_wcpay_request:${answer}` });
      },
      answer === "cancel" ? 0 : RESULT_MS,
    );
  }, [sheet]);

  const cancel = (): void => {
    setSheet(null);
    sheet?.answer({ err_msg: "get_brand_wcpay_request:cancel" });
  };

  return (
    <div className="device">
      <header className="device-bar">
        <a href="/sandbox/shop" aria-label={words.close} className="device-close">
          ×
        </a>
        <h1>{title}</h1>
        <button type="button" aria-label={words.reload} onClick={() => page.current?.contentWindow?.location.reload()}>
          ↻
        </button>
      </header>
      <div className="device-screen device-web">
        <iframe ref={page} src={src} title={words.frame} data-testid="phone-page" />
        {sheet ? (
          <div className="sheet" role="dialog" aria-modal="true" aria-label={words.sheet}>
            <button type="button" className="sheet-close" aria-label={words.close} onClick={cancel}>
              ×
            </button>
            <iframe
              ref={sheetFrame}
              src={`/sandbox/wallet/pay/${encodeURIComponent(sheet.code)}?in=sheet`}
              title={words.sheet}
              data-testid="phone-sheet"
              onLoad={readSheet}
            />
          </div>
        ) : null}
      </div>
    </div>
  );
}
