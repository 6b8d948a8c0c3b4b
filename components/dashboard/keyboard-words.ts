import type { KeyboardProps } from "#components/dashboard/keyboard.tsx";
import { SCREEN_KEYS } from "#components/dashboard/keys.ts";
import type { SCREENS } from "#components/dashboard/screens.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** What the keyboard's component, which runs in the browser, is given: its words, and the screens this person may see. */
export function keyboardProps(
  t: Translator<"dashboard">,
  words: Translator<"keyboard">,
  screens: readonly (typeof SCREENS)[number][],
): KeyboardProps {
  return {
    words: {
      title: words("title"),
      here: words("here"),
      go: words("go"),
      search: words("search"),
      searchAway: words("searchAway"),
      rows: words("rows"),
      open: words("open"),
      help: words("help"),
      close: words("close"),
      single: words("single"),
      singleHint: words("singleHint"),
    },
    screens: screens.map(({ name, href }) => ({ href, word: t(`nav.${name}`), key: SCREEN_KEYS[name] })),
  };
}
