import type { Metadata } from "next";
import { shownObjects, shownOperations, shownProblems } from "#app/(docs)/docs/api/shown.ts";
import { type Chapter, Contents } from "#components/docs/contents.tsx";
import { Fields } from "#components/docs/fields.tsx";
import { GUIDE, Guide } from "#components/docs/guide.tsx";
import { OperationSection } from "#components/docs/operation.tsx";
import { Heading, Prose } from "#components/docs/parts.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { INPUT } from "#components/ui/field.tsx";
import { LINK } from "#components/ui/link.ts";
import { GROUPS } from "#lib/api/operation.ts";
import { env } from "#lib/env.ts";

export const metadata: Metadata = { title: "API reference" };

const TITLES = {
  orders: "Orders",
  attempts: "Attempts",
  refunds: "Refunds",
  links: "Checkout links",
  events: "Events",
  webhooks: "Webhooks",
  accounts: "Balances and rates",
  sandbox: "Sandbox",
} as const satisfies Record<(typeof GROUPS)[number], string>;

/** The reference of API v1, drawn from the registry that serves it. A search narrows it on the server: nothing here needs a script. */
export default async function ApiReferencePage({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const search = ([(await searchParams).q].flat()[0] ?? "").trim().slice(0, 60);
  const origin = env().PUBLIC_URL;
  const operations = shownOperations(search, origin);
  const problems = shownProblems(search);
  const objects = search === "" ? shownObjects() : [];
  const groups = GROUPS.map((group) => ({ group, of: operations.filter((one) => one.group === group) })).filter(({ of }) => of.length > 0);
  const chapters: Chapter[] = [
    ...(search === ""
      ? [{ title: "Guide", href: "#start", entries: GUIDE.map(({ id, title }) => ({ href: `#${id}`, word: title })) }]
      : []),
    ...groups.map(({ group, of }) => ({
      title: TITLES[group],
      href: `#group-${group}`,
      entries: of.map(({ id, summary, method }) => ({ href: `#${id}`, word: summary, method })),
    })),
    ...(objects.length > 0
      ? [{ title: "Objects", href: "#objects", entries: objects.map(({ name }) => ({ href: `#object-${name}`, word: name })) }]
      : []),
    ...(problems.length > 0 ? [{ title: "Problems", href: "#problems", entries: [] }] : []),
  ];
  return (
    <>
      <Top search={search} />
      <div className="mx-auto grid max-w-[1440px] grid-cols-[minmax(0,1fr)] gap-8 px-4 pt-6 pb-24 sm:px-6 lg:grid-cols-[15rem_minmax(0,1fr)] lg:px-8">
        <Contents chapters={chapters} />
        <main id="content" tabIndex={-1} className="grid grid-cols-[minmax(0,1fr)] gap-10 outline-none">
          {search === "" ? <Guide curl={shownOperations("orders.create", origin)[0]?.curl ?? ""} /> : null}
          {operations.length + problems.length === 0 ? (
            <Empty
              title="Nothing found"
              text={`No operation and no problem has “${search}” in it.`}
              next={[{ href: "/docs/api", word: "Show everything" }]}
            />
          ) : null}
          {groups.map(({ group, of }) => (
            <section key={group} aria-labelledby={`group-${group}`} className="grid grid-cols-[minmax(0,1fr)] gap-8">
              <Heading id={`group-${group}`} level={2}>
                {TITLES[group]}
              </Heading>
              {of.map((one) => (
                <OperationSection key={one.id} shown={one} />
              ))}
            </section>
          ))}
          {objects.length > 0 ? <Objects objects={objects} /> : null}
          {problems.length > 0 ? <Problems problems={problems} /> : null}
        </main>
      </div>
    </>
  );
}

function Top({ search }: { search: string }) {
  return (
    <header className="z-10 border-b sm:sticky sm:top-0 border-line bg-surface">
      <a
        href="#content"
        className="sr-only rounded-lg bg-jade px-4 py-3 text-on-jade focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <div className="mx-auto flex max-w-[1440px] flex-wrap items-center gap-x-5 gap-y-2 px-4 py-2.5 sm:px-6 lg:px-8">
        <h1 className="text-base font-semibold">
          <a href="/docs/api">Shouyin API</a> <span className="font-mono text-xs font-normal text-ink-soft">v1 · 2026-11-20</span>
        </h1>
        {/* biome-ignore lint/a11y/useSemanticElements: the form is the search; browsers older than its element know the role. */}
        <form
          method="get"
          action="/docs/api"
          role="search"
          className="order-last flex w-full min-w-0 gap-2 sm:order-none sm:w-auto sm:max-w-md sm:flex-1"
        >
          <input
            type="search"
            name="q"
            defaultValue={search}
            maxLength={60}
            aria-label="Search operations and problems"
            placeholder="Search operations and problems"
            className={INPUT}
          />
          <button type="submit" className={BUTTON.secondary}>
            Search
          </button>
        </form>
        <nav aria-label="More" className="ml-auto flex gap-4 text-sm">
          <a href="/api/v1/openapi.json" className={LINK}>
            OpenAPI 3.1
          </a>
          <a href="/dashboard/developers" className={LINK}>
            Developers’ pages
          </a>
        </nav>
      </div>
    </header>
  );
}

function Objects({ objects }: { objects: ReturnType<typeof shownObjects> }) {
  return (
    <section aria-labelledby="objects" className="grid gap-8">
      <Heading id="objects" level={2}>
        Objects
      </Heading>
      {objects.map(({ name, text, fields, shapes }) => (
        <section
          key={name}
          aria-labelledby={`object-${name}`}
          className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-3 border-t border-line pt-6"
        >
          <Heading id={`object-${name}`} level={3}>
            {name}
          </Heading>
          {text ? <Prose text={text} /> : null}
          <Fields label="Fields" fields={fields} says={false} />
          {shapes.map((shape) => (
            <Fields key={shape.name} label={`kind: ${shape.name}`} fields={shape.fields} says={false} />
          ))}
        </section>
      ))}
    </section>
  );
}

function Problems({ problems }: { problems: ReturnType<typeof shownProblems> }) {
  return (
    <section aria-labelledby="problems" className="grid gap-4">
      <Heading id="problems" level={2}>
        Problems
      </Heading>
      <Prose text="A no is `application/problem+json` (RFC 9457): `type` is the address of the section here, `code` is stable and what to branch on, `param` names the field, parameter or header, `request_id` finds the request in the log. `detail` is a sentence for people and may change." />
      <dl className="divide-y divide-line rounded-card border border-line bg-surface">
        {problems.map(({ code, status, title, text }) => (
          <div
            key={code}
            id={`problem-${code}`}
            className="grid gap-x-5 gap-y-0.5 px-3 py-2.5 target:bg-jade-soft sm:grid-cols-[16rem_minmax(0,1fr)]"
          >
            <dt className="min-w-0">
              <a href={`#problem-${code}`} className="font-mono text-[13px] break-words hover:underline">
                {code}
              </a>
              <div className="text-xs text-ink-soft">{status}</div>
            </dt>
            <dd className="min-w-0 text-sm">
              <div className="font-medium">{title}</div>
              <Prose text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
