/** What WeChat hands a page's callback. */
export type Callback = (answer: { err_msg: string }) => void;

/** A framed page's window with what a wallet's browser adds to it. */
export type Bridged = Window &
  typeof globalThis & {
    sandboxPhone?: true;
    WeixinJSBridge?: { invoke: (name: string, params: Record<string, string> | undefined, callback?: Callback) => void; on: () => void };
  };

interface Phone {
  phone: "wechat" | "alipay";
  userAgent: string;
  /** Named on fetches of the framed page, so that the server knows they come from the phone. */
  header: string;
  onPay: (code: string, answer: Callback) => void;
}

const PAY = "getBrandWCPayRequest";

/**
 * Makes a framed page's window a wallet's: User-Agent, marked fetches and, in WeChat, WeixinJSBridge with its ready
 * event once the document is there. A window is done once; calling again changes nothing.
 */
export function bridge(view: Bridged, phone: Phone): void {
  if (view.sandboxPhone) return;
  view.sandboxPhone = true;
  Object.defineProperty(view.navigator, "userAgent", { get: () => phone.userAgent, configurable: true });
  markFetches(view, phone);
  if (phone.phone !== "wechat") return;
  view.WeixinJSBridge = {
    on: () => {},
    invoke(name, params, callback) {
      const code = /^prepay_id=(?:wx)?([0-9a-zA-Z]{8,64})$/.exec(params?.package ?? "")?.[1];
      const asking = view.document;
      // The page may have gone on by itself while the sheet was open: nobody waits for the answer then.
      if (name === PAY && code) phone.onPay(code, (answer) => (view.document === asking ? callback?.(answer) : undefined));
      else callback?.({ err_msg: name === PAY ? "get_brand_wcpay_request:fail" : `${name}:ok` });
    },
  };
  const announce = (): boolean => view.document.dispatchEvent(new view.Event("WeixinJSBridgeReady"));
  if (view.document.readyState === "loading") view.document.addEventListener("DOMContentLoaded", announce);
  else announce();
}

function markFetches(view: Bridged, { header, phone }: Phone): void {
  const original = view.fetch.bind(view);
  view.fetch = (input, init) => {
    const request = new view.Request(input, init);
    if (new URL(request.url).origin === view.location.origin) request.headers.set(header, phone);
    return original(request);
  };
}
