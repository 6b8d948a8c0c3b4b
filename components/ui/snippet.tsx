import type { CopyWords } from "#components/ui/code.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Pre } from "#components/ui/pre.tsx";

/** Lines to copy as they are seen; on phones the button has a line of its own, so that it covers none of them. */
export function Snippet({ text, copy }: { text: string; copy: CopyWords }) {
  return (
    <div className="relative rounded-lg border border-line bg-raised">
      <Pre look="lines" className="p-3 pt-10 sm:pt-3 sm:pr-11">
        {text}
      </Pre>
      <span className="absolute top-1.5 right-1.5 bg-raised">
        <CopyButton text={text} label={copy.label} done={copy.done} />
      </span>
    </div>
  );
}
