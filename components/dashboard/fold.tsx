import type { CopyWords } from "#components/ui/code.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Pre } from "#components/ui/pre.tsx";

/** A folding panel; closed at first. Works without JavaScript. */
export function Fold({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <details className="group/fold mt-1">
      <summary className="inline-flex min-h-7 list-none items-center gap-1 rounded text-xs text-ink-soft hover:text-ink [&::-webkit-details-marker]:hidden">
        <Icon name="chevron" className="size-3.5 group-open/fold:rotate-90" />
        {title}
      </summary>
      <div className="mt-1 grid grid-cols-[minmax(0,1fr)] gap-2">{children}</div>
    </details>
  );
}

/** Bytes as they were, secrets masked: monospace 12, wraps rather than scrolls sideways. */
export function Raw({ label, text, copy }: { label: string; text: string; copy?: CopyWords }) {
  return (
    <div className="grid gap-1">
      <div className="flex items-center justify-between gap-2 text-xs text-ink-soft">
        {label}
        {copy ? <CopyButton text={text} label={copy.label} done={copy.done} /> : null}
      </div>
      <Pre look="wrapped" className="max-h-80 rounded-lg border border-line bg-raised p-3">
        {text}
      </Pre>
    </div>
  );
}

/** Names and values, as they came. */
export function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-0.5 rounded-lg border border-line bg-raised p-3 font-mono text-xs leading-5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-soft">{name}</dt>
          <dd className="min-w-0 break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
