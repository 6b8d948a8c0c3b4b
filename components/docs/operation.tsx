import { type Field, Fields } from "#components/docs/fields.tsx";
import { Heading, Prose, Sample, Verb } from "#components/docs/parts.tsx";
import { LINK } from "#components/ui/link.ts";

/** One operation as the page shows it. */
export interface ShownOperation {
  id: string;
  method: string;
  path: string;
  scope: string;
  summary: string;
  description: string | null;
  parameters: readonly Field[];
  body: readonly Field[];
  reply: { name: string; list: boolean } | null;
  replyFields: readonly Field[];
  status: number;
  curl: string;
  problems: readonly { code: string; status: number }[];
  sandbox: boolean;
}

export function OperationSection({ shown }: { shown: ShownOperation }) {
  const { id, method, path, scope, summary, description, parameters, body, reply, replyFields, status, curl, problems, sandbox } = shown;
  return (
    <article
      aria-labelledby={id}
      className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 border-t border-line pt-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,28rem)]"
    >
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
        <header className="grid gap-2">
          <Heading id={id} level={3}>
            {summary}
          </Heading>
          <p className="flex flex-wrap items-center gap-2 font-mono text-sm">
            <Verb method={method} /> <span className="break-all">/api/v1{path}</span>
          </p>
          <p className="text-sm text-ink-soft">
            Scope <code className="font-mono text-[13px]">{scope}</code>
            {sandbox ? " · test keys only, while the sandbox is on" : ""}
          </p>
        </header>
        {description ? <Prose text={description} /> : null}
        <Fields label="Parameters" fields={parameters} says />
        <Fields label="Body" fields={body} says />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
        <Sample label="Example" text={curl} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2 text-sm">
          <p>
            <strong className="font-semibold">{status}</strong>{" "}
            {reply ? (
              <>
                {reply.list ? "A list of " : ""}
                <a href={`#object-${reply.name}`} className={LINK}>
                  {reply.name}
                </a>
              </>
            ) : (
              "An object"
            )}
          </p>
          <Fields label="Answer" fields={replyFields} says={false} />
          <details>
            <summary className="text-ink-soft">{problems.length} problems it may say no with</summary>
            <ul className="mt-2 flex flex-wrap gap-1.5">
              {problems.map(({ code, status: of }) => (
                <li key={code}>
                  <a
                    href={`#problem-${code}`}
                    className="inline-block rounded border border-line bg-surface px-1.5 font-mono text-xs hover:bg-raised"
                  >
                    <span className="text-ink-soft">{of}</span> {code}
                  </a>
                </li>
              ))}
            </ul>
          </details>
        </div>
      </div>
    </article>
  );
}
