import { Prose } from "#components/docs/parts.tsx";
import { LINK } from "#components/ui/link.ts";

export interface Field {
  name: string;
  type: string;
  required: boolean;
  text: string;
  component: string | null;
}

/** The fields of an object or the parameters of a request. `says`: whether it matters which are needed. */
export function Fields({ label, fields, says }: { label: string; fields: readonly Field[]; says: boolean }) {
  if (fields.length === 0) return null;
  return (
    <div className="grid gap-1">
      <h4 className="text-sm font-semibold">{label}</h4>
      <dl className="divide-y divide-line rounded-card border border-line bg-surface">
        {fields.map((field) => (
          <div key={field.name} className="grid gap-x-4 gap-y-0.5 px-3 py-2 sm:grid-cols-[minmax(11rem,15rem)_minmax(0,1fr)]">
            <dt className="min-w-0 font-mono text-[13px] break-words">
              {field.name}
              {says && field.required ? <span className="ml-2 font-sans text-xs text-amber">needed</span> : null}
            </dt>
            <dd className="grid min-w-0 gap-0.5 text-sm">
              <span className="text-ink-soft">
                {field.component ? (
                  <a href={`#object-${field.component}`} className={LINK}>
                    {field.type}
                  </a>
                ) : (
                  field.type
                )}
              </span>
              {field.text ? <Prose text={field.text} /> : null}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
