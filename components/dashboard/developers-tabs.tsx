import type { Catalogue } from "#lib/i18n/catalogue.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/**
 * The developers' pages, in the order of their tabs: the only such table. Each page draws `<DevelopersHead here="…">` and
 * asks for its own permission.
 * Order, once all are there: overview, keys, requests, endpoints, events, compat, doctor.
 */
const TABS = [
  { name: "overview", href: "/dashboard/developers" },
  { name: "keys", href: "/dashboard/developers/keys" },
  { name: "requests", href: "/dashboard/developers/requests" },
  { name: "embed", href: "/dashboard/developers/embed" },
  { name: "endpoints", href: "/dashboard/developers/endpoints" },
  { name: "events", href: "/dashboard/developers/events" },
  { name: "compat", href: "/dashboard/developers/compat" },
  { name: "doctor", href: "/dashboard/developers/doctor" },
] as const satisfies readonly { name: DevelopersTab; href: string }[];

export type DevelopersTab = keyof Catalogue["developers"]["tabs"];

/** The way from one developers' page to another. */
export function DevelopersTabs({ t, here }: { t: Translator<"developers">; here: DevelopersTab }) {
  return (
    <nav aria-label={t("tabsLabel")} className="mb-5 border-b border-line">
      <ul className="flex flex-wrap gap-x-1">
        {TABS.map(({ name, href }) => (
          <li key={name}>
            <a
              href={href}
              aria-current={name === here ? "page" : undefined}
              className="-mb-px inline-flex min-h-11 items-center border-b-2 border-transparent px-3 text-sm whitespace-nowrap text-ink-soft hover:text-ink aria-[current=page]:border-jade aria-[current=page]:font-medium aria-[current=page]:text-jade"
            >
              {t(`tabs.${name}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The top of a developers' page: its heading, what it is for, what can be done there (`children`), and the tabs. */
export function DevelopersHead(props: {
  t: Translator<"developers">;
  here: DevelopersTab;
  title: string;
  lead: string;
  children?: React.ReactNode;
}) {
  const { t, here, title, lead, children } = props;
  return (
    <>
      <header className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <div className="grid gap-1">
          <h1 className="text-xl font-semibold">{title}</h1>
          <p className="max-w-prose text-ink-soft">{lead}</p>
        </div>
        {children}
      </header>
      <DevelopersTabs t={t} here={here} />
    </>
  );
}
