/** A shop's colour as the page uses it; every pair that carries text is at least 4.5:1 (WCAG 2.2, 1.4.3). */
export interface Colours {
  /** Buttons, links and rings, on paper, surface, raised and soft. */
  main: string;
  /** The button under the pointer. */
  strong: string;
  /** A ground behind `main`. */
  soft: string;
  /** Words on `main` and `strong`. */
  on: string;
}

type Rgb = readonly [number, number, number];

// app/tokens.css: the lightest and the darkest ground of each theme, and its ink.
const THEMES = {
  light: { surface: [255, 255, 255], worst: [243, 242, 237], towards: [0, 0, 0], softness: 0.1 },
  dark: { surface: [24, 27, 31], worst: [32, 36, 42], towards: [255, 255, 255], softness: 0.2 },
} as const satisfies Record<string, { surface: Rgb; worst: Rgb; towards: Rgb; softness: number }>;

const LEAST = 4.5;
const STEPS = 100;

/** The colours of `#rrggbb` in both themes, darkened or lightened as far as it needs to be read; null when it is none. */
export function brandColours(colour: string): { light: Colours; dark: Colours } | null {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!digits) return null;
  const rgb = digits.slice(1).map((pair) => Number.parseInt(pair, 16)) as unknown as Rgb;
  return { light: legible(rgb, THEMES.light), dark: legible(rgb, THEMES.dark) };
}

function legible(wished: Rgb, { surface, worst, towards, softness }: (typeof THEMES)[keyof typeof THEMES]): Colours {
  for (let step = 0; step <= STEPS; step += 1) {
    const main = mix(wished, towards, step / STEPS);
    const soft = mix(surface, main, softness);
    const strong = mix(main, towards, 0.18);
    const on = (
      [
        [255, 255, 255],
        [16, 18, 20],
      ] as const
    ).find((one) => [main, strong].every((ground) => contrast(one, ground) >= LEAST));
    if (on && contrast(main, worst) >= LEAST && contrast(main, soft) >= LEAST)
      return { main: hex(main), strong: hex(strong), soft: hex(soft), on: hex(on) };
  }
  // Not reached: black on white and white on black are legible.
  return { main: hex(towards), strong: hex(towards), soft: hex(surface), on: hex(surface) };
}

/** The contrast of two colours by WCAG 2's relative luminance, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return [at(0), at(1), at(2)];
}

function hex(rgb: Rgb): string {
  return `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
