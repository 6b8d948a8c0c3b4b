import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";

interface Words {
  secret: string;
  copy: string;
  copied: string;
  open: string;
}

/** A secret, the one time it can be seen: what was done, the texts to copy, and the way on. `hint` stands below the first. */
export function ShownOnce(props: {
  title: string;
  texts: readonly { label: string; text: string }[];
  hint: string;
  href: string | null;
  words: Words;
}) {
  const { title, texts, hint, href, words } = props;
  return (
    <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`} aria-label={words.secret}>
      <Notice kind="done">{title}</Notice>
      {texts.map(({ label, text }, index) => (
        <div key={label} className="grid gap-1.5">
          <div className="text-sm font-medium">{label}</div>
          <div className="flex items-center gap-2 rounded-lg border border-line bg-raised py-2 pr-2 pl-3">
            <code className="min-w-0 flex-1 font-mono text-[13px] break-all">{text}</code>
            <CopyButton text={text} label={words.copy} done={words.copied} />
          </div>
          {index === 0 ? <p className="text-sm text-ink-soft">{hint}</p> : null}
        </div>
      ))}
      {href ? (
        <div>
          <a href={href} className={BUTTON.secondary}>
            {words.open}
          </a>
        </div>
      ) : null}
    </section>
  );
}
