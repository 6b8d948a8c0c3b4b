import type { KeyWords } from "#components/dashboard/api-key-words.ts";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** A fresh key, the one time it can be seen, and a first call with it. */
export function KeyOnce(props: { title: string; secret: string; href: string; origin: string; words: KeyWords }) {
  const { title, secret, href, origin, words } = props;
  const command = `curl ${origin}/api/v1/orders -H "Authorization: Bearer ${secret}"`;
  return (
    <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`} aria-label={words.secret}>
      <Notice kind="done">{title}</Notice>
      <Shown label={words.secret} text={secret} words={words} />
      <p className="text-sm text-ink-soft">{words.secretHint}</p>
      <Shown label={words.try} text={command} words={words} />
      <div>
        <a href={href} className={BUTTON.secondary}>
          {words.open}
        </a>
      </div>
    </section>
  );
}

function Shown({ label, text, words }: { label: string; text: string; words: KeyWords }) {
  return (
    <div className="grid gap-1.5">
      <div className="text-sm font-medium">{label}</div>
      <div className="flex items-center gap-2 rounded-lg border border-line bg-raised py-2 pr-2 pl-3">
        <code className="min-w-0 flex-1 font-mono text-[13px] break-all">{text}</code>
        <CopyButton text={text} label={words.copy} done={words.copied} />
      </div>
    </div>
  );
}
