/*
 * public/embed.js: a shop's page shows a checkout over itself, or goes to it. Built by scripts/embed.ts; docs/embed.md says how to use
 * it. No dependency; ES2017, for the browsers the checkout itself is for.
 */
import { ShouyinButton } from "./button.ts";
import { open } from "./open.ts";

Object.assign(window, { Shouyin: { open } });
if (window.customElements && !customElements.get("shouyin-button")) customElements.define("shouyin-button", ShouyinButton);
