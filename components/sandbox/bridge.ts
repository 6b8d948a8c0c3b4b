import type { Phone } from "#lib/sandbox/phone.ts";

/** What WeChat hands a page's callback. */
export type Callback = (answer: { err_msg: string }) => void;

/** A framed page's window with what a wallet's browser adds to it. */
export type Bridged = Window &
  typeof globalThis & {
    sandboxPhone?: true;
    WeixinJSBridge?: { invoke: (name: string, params: Record<string, string> | undefined, callback?: Callback) => void; on: () => void };
    AlipayJSBridge?: { call: AlipayCall };
  };

/** What Alipay's pages hand the wallet, and what they are told (Alipay's JSAPI `tradePay`). */
type AlipayCall = (name: string, params: Record<string, string> | undefined, callback?: (answer: { resultCode: string }) => void) => void;

interface Held {
  phone: Phone;
  userAgent: string;
  /** Named on fetches of the framed page, so that the server knows they come from the phone. */
  header: string;
  onPay: (code: string, answer: Callback) => void;
}

const PAY = "getBrandWCPayRequest";
const CODE = /^[0-9a-zA-Z]{8,64}$/;
/** Alipay's words for what WeChat answers after the colon. */
const ALIPAY_RESULTS: Readonly<Record<string, string>> = { ok: "9000", cancel: "6001", fail: "4000" };

/**
 * Makes a framed page's window a wallet's: User-Agent, marked fetches and the wallet's bridge (WeChat's, Alipay's), with
 * its ready event once the document is there. A window is done once; calling again changes nothing.
 */
export function bridge(view: Bridged, held: Held): void {
  if (view.sandboxPhone) return;
  view.sandboxPhone = true;
  Object.defineProperty(view.navigator, "userAgent", { get: () => held.userAgent, configurable: true });
  markFetches(view, held);
  if (held.phone === "wechat") bridgeWechat(view, held.onPay);
  if (held.phone === "alipay") bridgeAlipay(view, held.onPay);
}

function bridgeWechat(view: Bridged, onPay: Held["onPay"]): void {
  view.WeixinJSBridge = {
    on: () => {},
    invoke(name, params, callback) {
      const code = /^prepay_id=(.+)$/.exec(params?.package ?? "")?.[1];
      const asking = view.document;
      // The page may have gone on by itself while the sheet was open: nobody waits for the answer then.
      if (name === PAY && code && CODE.test(code)) onPay(code, (answer) => (view.document === asking ? callback?.(answer) : undefined));
      else callback?.({ err_msg: name === PAY ? "get_brand_wcpay_request:fail" : `${name}:ok` });
    },
  };
  announce(view, "WeixinJSBridgeReady");
}

function bridgeAlipay(view: Bridged, onPay: Held["onPay"]): void {
  view.AlipayJSBridge = {
    call(name, params, callback) {
      const code = params?.tradeNO ?? "";
      const asking = view.document;
      const told = ({ err_msg }: { err_msg: string }) =>
        view.document === asking ? callback?.({ resultCode: ALIPAY_RESULTS[err_msg.split(":")[1] ?? ""] ?? "4000" }) : undefined;
      if (name === "tradePay" && CODE.test(code)) onPay(code, told);
      else callback?.({ resultCode: "4000" });
    },
  };
  announce(view, "AlipayJSBridgeReady");
}

function announce(view: Bridged, event: string): void {
  const ready = (): boolean => view.document.dispatchEvent(new view.Event(event));
  if (view.document.readyState === "loading") view.document.addEventListener("DOMContentLoaded", ready);
  else ready();
}

function markFetches(view: Bridged, { header, phone }: Held): void {
  const original = view.fetch.bind(view);
  view.fetch = (input, init) => {
    const request = new view.Request(input, init);
    if (new URL(request.url).origin === view.location.origin) request.headers.set(header, phone);
    return original(request);
  };
}
