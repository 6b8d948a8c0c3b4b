import { BUTTON } from "#components/ui/button.ts";

/** Ways to the neighbouring pages of a list. A missing neighbour is not drawn. */
export function Pager(props: {
  label: string;
  first: { href: string; word: string } | null;
  newer: { href: string | null; word: string };
  older: { href: string | null; word: string };
}) {
  const { label, first, newer, older } = props;
  if (!newer.href && !older.href) return null;
  return (
    <nav aria-label={label} className="flex flex-wrap justify-end gap-2 pt-4">
      {first && newer.href ? (
        <a href={first.href} className={BUTTON.small}>
          {first.word}
        </a>
      ) : null}
      {newer.href ? (
        <a href={newer.href} rel="prev" className={BUTTON.small}>
          ‹ {newer.word}
        </a>
      ) : null}
      {older.href ? (
        <a href={older.href} rel="next" className={BUTTON.small}>
          {older.word} ›
        </a>
      ) : null}
    </nav>
  );
}
