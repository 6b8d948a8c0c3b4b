import type { KeyWords } from "#components/dashboard/api-key-words.ts";
import { ShownOnce } from "#components/dashboard/shown-once.tsx";

/** A fresh key, the one time it can be seen, and a first call with it. */
export function KeyOnce(props: { title: string; secret: string; href: string; origin: string; words: KeyWords }) {
  const { title, secret, href, origin, words } = props;
  const command = `curl ${origin}/api/v1/orders -H "Authorization: Bearer ${secret}"`;
  const texts = [
    { label: words.secret, text: secret },
    { label: words.try, text: command },
  ];
  return <ShownOnce title={title} texts={texts} hint={words.secretHint} href={href} words={words} />;
}
