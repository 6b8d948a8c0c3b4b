// Known only while the script first runs: where it came from, and the nonce that a shop's strict policy gave it.
const script = (document.currentScript || location) as HTMLScriptElement & Location;

/** Where the checkout is, unless a call says otherwise. */
export const HOME = new URL(script.src || script.href).origin;

/** What both our buttons begin from. */
export const PLAIN = "all:unset;box-sizing:border-box;text-align:center;cursor:pointer";

/** A new element. No markup is parsed anywhere: a shop's policy may forbid it (Trusted Types). */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), properties);
}

/** A shadow root of `host` under a style sheet of its own, which the shop's nonce lets through its policy. */
export function shadowOf(host: HTMLElement, css: string, ...children: Node[]): ShadowRoot {
  const root = host.shadowRoot || host.attachShadow({ mode: "open", delegatesFocus: true });
  root.textContent = "";
  root.append(make("style", { nonce: script.nonce || "", textContent: css }), ...children);
  return root;
}
