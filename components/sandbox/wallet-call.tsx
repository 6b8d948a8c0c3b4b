"use client";
import { useEffect } from "react";
import type { Bridged } from "#components/sandbox/bridge.ts";

/**
 * Asks the wallet around this page for its payment sheet, once, and looks at the page anew when it has been paid: the
 * server then sends the shopper on. Outside a wallet nothing happens; the page has a button.
 */
export function WalletCall({ wallet, code, next }: { wallet: "wechat" | "alipay"; code: string; next: string }) {
  useEffect(() => {
    const view = window as Bridged;
    const ready = wallet === "wechat" ? "WeixinJSBridgeReady" : "AlipayJSBridgeReady";
    const call = (): void => {
      if (wallet === "wechat")
        view.WeixinJSBridge?.invoke("getBrandWCPayRequest", { package: `prepay_id=${code}` }, ({ err_msg }) => {
          if (err_msg === "get_brand_wcpay_request:ok") location.replace(next);
        });
      else
        view.AlipayJSBridge?.call("tradePay", { tradeNO: code }, ({ resultCode }) => {
          if (resultCode === "9000") location.replace(next);
        });
    };
    const there = wallet === "wechat" ? view.WeixinJSBridge : view.AlipayJSBridge;
    if (there) call();
    else document.addEventListener(ready, call, { once: true });
    return () => document.removeEventListener(ready, call);
  }, [wallet, code, next]);
  return null;
}
