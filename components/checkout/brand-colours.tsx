import { brandColours, type Colours } from "#components/checkout/brand-contrast.ts";
import type { Brand } from "#lib/domain/brand.ts";

/**
 * The shop's own colour in place of our jade, in both themes, each kept legible (brand-contrast.ts). A style element under
 * the request's nonce: the policy allows no inline style, and the colour was parsed, so nothing else can be in it.
 */
export function BrandColours({ brand, nonce }: { brand: Brand; nonce: string | undefined }) {
  const colours = brand.colour ? brandColours(brand.colour) : null;
  if (!colours) return null;
  const { light, dark } = colours;
  const css = `:root{${rules(light)}}@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${rules(dark)}}}:root[data-theme=dark]{${rules(dark)}}`;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: hexadecimal numbers of our own making
  return <style nonce={nonce} dangerouslySetInnerHTML={{ __html: css }} suppressHydrationWarning />;
}

// Important, because lowering the sheet's layers for old web-views raised the weight of the tokens' own selectors.
function rules({ main, strong, soft, on }: Colours): string {
  const values = { "--color-jade": main, "--color-jade-strong": strong, "--color-jade-soft": soft, "--color-on-jade": on };
  return Object.entries(values)
    .map(([name, value]) => `${name}:${value}!important`)
    .join(";");
}
