/**
 * Whether to go to the checkout instead of showing it in a frame: on phones and tablets, where it wants the whole screen
 * and opens wallets; inside wallets' own browsers, which take payments of top-level pages only; and where there is no
 * modal dialog.
 */
export function leaves(): boolean {
  const { userAgent, maxTouchPoints } = navigator;
  return (
    /MicroMessenger|wxwork|Alipay|UnionPay|CloudPay| QQ\/|Android|iP(hone|ad|od)|Mobi|Tablet|HarmonyOS/i.test(userAgent) ||
    // An iPad says that it is a Macintosh.
    (maxTouchPoints > 1 && /Macintosh/.test(userAgent)) ||
    innerWidth < 600 ||
    !window.HTMLDialogElement
  );
}
