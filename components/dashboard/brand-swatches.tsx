import { brandColours, type Colours } from "#components/checkout/brand-contrast.ts";

export type SwatchWords = Record<"light" | "dark" | "button" | "readable" | "adjusted", string>;

const GROUNDS = { light: "#ffffff", dark: "#181b1f" } as const;
const INKS = { light: "#16181d", dark: "#f2f2ee" } as const;

/** What becomes of a colour in both themes: the checkout keeps words on it legible, and this says where it had to change it. */
export function BrandSwatches({ colour, words }: { colour: string; words: SwatchWords }) {
  const colours = brandColours(colour);
  if (!colours) return null;
  return (
    <div className="grid gap-2 sm:grid-cols-2" aria-live="polite">
      {(["light", "dark"] as const).map((theme) => (
        <Swatch key={theme} theme={theme} wished={colour} colours={colours[theme]} words={words} />
      ))}
    </div>
  );
}

function Swatch(props: { theme: "light" | "dark"; wished: string; colours: Colours; words: SwatchWords }) {
  const { theme, wished, colours, words } = props;
  const kept = colours.main.toLowerCase() === wished.toLowerCase();
  return (
    <div className="grid content-start gap-2 rounded-lg border border-line p-3" style={{ background: GROUNDS[theme], color: INKS[theme] }}>
      <span className="text-xs font-medium">{words[theme]}</span>
      <span
        className="inline-flex min-h-9 items-center justify-center rounded-lg px-4 text-sm font-medium"
        style={{ background: colours.main, color: colours.on }}
      >
        {words.button}
      </span>
      <span className="text-xs">{kept ? words.readable : words.adjusted.replace("{colour}", colours.main)}</span>
    </div>
  );
}
