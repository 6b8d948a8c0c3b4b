import { make, PLAIN, shadowOf } from "./make.ts";
import { open } from "./open.ts";
import { languageOf, wordsOf } from "./words.ts";

/** `<shouyin-button link="slug" [label] [lang] [color] [base] [disabled]>`: a plain button in a shadow root of its own. */
export class ShouyinButton extends HTMLElement {
  static get observedAttributes(): string[] {
    return ["label", "lang", "color", "disabled"];
  }

  connectedCallback(): void {
    const read = (name: string) => this.getAttribute(name) || "";
    const colour = /^#[\da-f]{6}$/i.test(read("color")) ? read("color") : "#0b7a5b"; // app/tokens.css, --color-jade
    const spoken = this.closest<HTMLElement>("[lang]");
    const lang = spoken ? spoken.lang : "";
    const tell = (name: string, detail: unknown) =>
      this.dispatchEvent(new CustomEvent(`shouyin-${name}`, { detail, bubbles: true, cancelable: true }));
    shadowOf(
      this,
      `:host{display:inline-block}:host([hidden]){display:none}button{${PLAIN};width:100%;min-width:120px;min-height:44px;padding:10px 24px;border-radius:10px;background:${colour};color:${inkOn(colour)};font:600 16px/1.5 system-ui,sans-serif}:hover{filter:brightness(.92)}:focus-visible{outline:3px solid ${colour};outline-offset:2px}:disabled{opacity:.5}@media(forced-colors:active){button{border:1px solid}}`,
      make("button", {
        type: "button",
        disabled: this.hasAttribute("disabled"),
        textContent: read("label") || wordsOf(languageOf(lang))[0],
        onclick: () =>
          open({
            link: read("link"),
            base: read("base"),
            lang,
            onResult: (result) => tell("result", result),
            onClose: (result) => tell("close", result),
          }),
      }),
    );
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.connectedCallback();
  }
}

/** Black or white, whichever is read better: at least 4.5:1 on any colour (WCAG 2's relative luminance, power 2.2). */
function inkOn(colour: string): string {
  const light = (at: number) => (Number(`0x${colour.slice(at, at + 2)}`) / 255) ** 2.2;
  return light(1) * 0.2126 + light(3) * 0.7152 + light(5) * 0.0722 > 0.18 ? "#000" : "#fff";
}
