interface Props {
  id: string;
  className: string;
  "aria-live"?: "polite";
  "data-words"?: string;
}

/**
 * A place whose words the page's script writes, perhaps before React has come to it. Its inside is declared a constant:
 * text in an element that React believes empty is a mismatch which no `suppressHydrationWarning` forgives, and React then
 * draws the whole document anew, without the script's listeners.
 */
export function Spoken(props: Props) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: an empty constant
  return <p {...props} role="status" dangerouslySetInnerHTML={{ __html: "" }} suppressHydrationWarning />;
}
