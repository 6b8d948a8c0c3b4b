import { leaves } from "./leaves.ts";
import { HOME, make, PLAIN, shadowOf } from "./make.ts";
import { languageOf, wordsOf } from "./words.ts";

/** How an order stands, as its page says. A hint for the page around it and nothing more: the webhook proves. */
export interface Result {
  /** `link` while there is no order, then choose, ask, waiting, processing, paid, failed, expired, cancelled. */
  state: string;
  /** The order's id, once there is one. */
  order: string | null;
  hint: "succeeded" | null;
}

export interface Options {
  /** A link's slug, or the full address of a link or an order. */
  link: string;
  /** The installation's origin; by itself the one this script came from. */
  base?: string;
  /** The language of the checkout and of what is said here; by itself the shopper's own. */
  lang?: string;
  /** Once, when the order is paid, expired or cancelled. `false`: do not go on to the success address. */
  onResult?: (result: Result) => unknown;
  /** When the checkout is closed, with what was last known (null: it never answered). */
  onClose?: (result: Result | null) => unknown;
}

/** A document that does not answer is not kept: the frame was refused, or what came is no checkout of ours. */
const ANSWER_MS = 2000;
const LOAD_MS = 15_000;
const CSS = `dialog{color-scheme:light dark;box-sizing:border-box;width:min(960px,100vw - 32px);height:min(800px,100vh - 112px);padding:0;border:0;overflow:visible;border-radius:16px;background:Canvas;color:CanvasText;font:16px/1.5 system-ui,sans-serif}::backdrop{background:#101418b3}iframe{position:absolute;inset:0;width:100%;height:100%;border:0;border-radius:16px}output{display:block;padding-top:36vh;text-align:center}output:before{content:"";display:block;width:26px;height:26px;margin:0 auto 12px;border:3px solid;border-top-color:#8888;border-radius:50%;animation:s 1s linear infinite}@keyframes s{to{transform:rotate(1turn)}}@media(prefers-reduced-motion){output:before{animation:none}}button{${PLAIN};position:absolute;top:-48px;right:0;width:44px;height:44px;border-radius:50%;color:#fff;font-size:28px}button:hover{background:#fff3}button:focus-visible{outline:3px solid}`;

const none = () => {};
let closeLast: () => void = none;

/** Opens a checkout over the page, or goes to it (leaves.ts). Throws a TypeError when `link` is no address. */
export function open({ link, base, lang, onResult, onClose }: Options): { close(): void } {
  const url = new URL(link, `${base || HOME}/l/`);
  if (!link || !isWeb(url.href)) throw new TypeError("Shouyin: link");
  const language = languageOf(lang || "");
  if (language) url.searchParams.set("lang", language);
  closeLast();
  if (leaves()) {
    go(url.href);
    return { close: none };
  }

  const [, waiting, closing, title] = wordsOf(language);
  const nonce = crypto.getRandomValues(new Uint32Array(4)).join("");
  const { style } = document.documentElement;
  const { overflow } = style;
  const focused = document.activeElement as HTMLElement;
  const host = make("div", {});
  const words = make("output", { textContent: waiting });
  const frame = make("iframe", { name: "shouyin", title, allow: "clipboard-write", src: url.href });
  const button = make("button", { type: "button", title: closing, ariaLabel: closing, textContent: "×" });
  const dialog = make("dialog", { ariaLabel: title, ariaModal: "true" });
  let last: Result | null = null;
  let told: unknown = null;
  let timer = setTimeout(go, LOAD_MS, url.href);

  function close(): void {
    closeLast = none;
    clearTimeout(timer);
    removeEventListener("message", hear);
    style.overflow = overflow;
    dialog.close();
    host.remove();
    focused.focus();
    if (onClose) onClose(last);
  }
  function hear({ source, origin, data }: MessageEvent): void {
    if (source !== frame.contentWindow || origin !== url.origin || !data || data.shouyin !== nonce) return;
    clearTimeout(timer);
    if (data.type !== "state") {
      close();
      if (data.url && told !== false && isWeb(data.url)) go(data.url);
      return;
    }
    words.remove();
    // What refuses frames opens at top level: our own page does, and goes on from there.
    if (/^\/pay\/\w+\?go=1$/.test(data.top)) go(url.origin + data.top);
    const { state, order, hint } = data;
    last = { state, order, hint };
    if (told === null && /^(paid|expired|cancelled)$/.test(state)) told = onResult?.(last) !== false;
  }
  // Every step of a checkout is a document of its own, and each is greeted; only the checkout's origin hears it.
  frame.onload = () => {
    (frame.contentWindow as Window).postMessage({ shouyin: nonce }, url.origin);
    if (last) return;
    clearTimeout(timer);
    timer = setTimeout(go, ANSWER_MS, url.href);
  };
  button.onclick = close;
  dialog.oncancel = (event) => {
    event.preventDefault();
    close();
  };
  addEventListener("message", hear);
  dialog.append(words, frame, button);
  shadowOf(host, CSS, dialog);
  document.body.append(host);
  style.overflow = "hidden";
  dialog.showModal();
  closeLast = close;
  return { close: () => closeLast === close && close() };
}

function go(address: string): void {
  location.assign(address);
}

function isWeb(address: string): boolean {
  return /^https?:/.test(address);
}
