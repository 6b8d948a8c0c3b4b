import { PrintButton } from "#components/dashboard/links-print-button.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Catalogue } from "#lib/i18n/catalogue.ts";

/** Words of what shows recovery codes; plain data, as the forms around it run in the browser. */
export interface CodesWords {
  codes: Catalogue["safety"]["codes"];
  /** Whose the codes are, for the file and the paper. */
  file: string;
}

/** Fresh recovery codes, the one time they can be seen: to print, to download, to copy. Only they are on the paper. */
export function RecoveryCodes(props: { codes: readonly string[]; done: string; next: string; words: CodesWords }) {
  const { codes, done, next, words } = props;
  const text = `${words.file}\n\n${codes.join("\n")}\n`;
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-4" aria-labelledby="codes">
      <Notice kind="done">{done}</Notice>
      <div data-print="" className="grid gap-3">
        <h2 id="codes" className="font-semibold">
          {words.codes.title}
        </h2>
        <p className="hidden text-sm print:block">{words.file}</p>
        <p className="max-w-prose text-sm text-ink-soft">{words.codes.text}</p>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-6 gap-y-2 rounded-card border border-line bg-raised px-5 py-4 font-mono text-[15px] tabular-nums">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="shouyin-recovery-codes.txt"
          className={BUTTON.secondary}
        >
          <Icon name="download" className="size-4" />
          {words.codes.download}
        </a>
        <PrintButton look={BUTTON.secondary}>{words.codes.print}</PrintButton>
        <CopyButton text={codes.join("\n")} label={words.codes.copy} done={words.codes.copied} />
      </div>
      <div>
        <a href={next} className={BUTTON.primary}>
          {words.codes.done}
        </a>
      </div>
    </section>
  );
}
