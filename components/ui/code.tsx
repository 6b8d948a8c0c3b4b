import { CopyButton } from "#components/ui/copy-button.tsx";

/** Words of the copy button. */
export interface CopyWords {
  label: string;
  done: string;
}

/** A number people copy: monospace, shortened in the middle, whole in its title and for screen readers. */
export function Code({ text, copy, keep = 6, href }: { text: string; copy: CopyWords; keep?: number; href?: string }) {
  const short = shorten(text, keep);
  const face = (
    <>
      <span aria-hidden="true" className="font-mono text-[13px]">
        {short}
      </span>
      <span className="sr-only">{text}</span>
    </>
  );
  return (
    <span className="relative inline-flex max-w-full items-center gap-0.5 whitespace-nowrap" title={text}>
      {href ? (
        <a href={href} className="rounded underline decoration-edge/50 underline-offset-3 hover:decoration-current">
          {face}
        </a>
      ) : (
        face
      )}
      <CopyButton text={text} label={copy.label} done={copy.done} />
    </span>
  );
}

/** `keep` signs of each end and an ellipsis between; short texts stay whole. */
export function shorten(text: string, keep: number): string {
  return text.length <= keep * 2 + 3 ? text : `${text.slice(0, keep)}…${text.slice(-keep)}`;
}
