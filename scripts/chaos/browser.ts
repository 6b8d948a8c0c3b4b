/**
 * A browser without JavaScript: fetches a page, finds its forms, submits one as HTML says, follows redirects. Next's
 * server actions are such forms (hidden `$ACTION_…` fields), so nothing here knows the framework.
 */
export interface Page {
  status: number;
  /** After redirects; path and query. */
  address: string;
  html: string;
}

export interface Button {
  name: string;
  value: string;
}

export interface Form {
  fields: [string, string][];
  /** Those that can be pressed. */
  buttons: Button[];
}

export interface Browser {
  /** Rejects when the server does not answer, as it will not while it is down. */
  open(address: string): Promise<Page>;
  submit(page: Page, form: Form, extra?: Readonly<Record<string, string>>): Promise<Page>;
  /** Where it is; for requests that are no page. */
  origin: string;
  headers: Readonly<Record<string, string>>;
}

const PATIENCE_MS = 8000;
const REDIRECTS_MAX = 5;
const AGENT = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** One shopper's browser, at its own address: limits are per address, and shoppers do not share one. */
export function newBrowser(origin: string, ip: string): Browser {
  const headers = { "user-agent": AGENT, "accept-language": "en", "x-forwarded-for": ip };
  const load = async (address: string, init: RequestInit, redirects = 0): Promise<Page> => {
    const answer = await fetch(new URL(address, origin), {
      ...init,
      headers: { ...headers, ...init.headers },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const html = await answer.text();
    const target = answer.headers.get("location");
    if (!target || answer.status < 300 || answer.status > 399) return { status: answer.status, address, html };
    if (redirects === REDIRECTS_MAX) throw new Error(`${address}: too many redirects`);
    const next = new URL(target, new URL(address, origin));
    return load(`${next.pathname}${next.search}`, {}, redirects + 1);
  };
  const submit: Browser["submit"] = (page, form, extra = {}) => {
    const body = new FormData();
    for (const [name, value] of form.fields) body.append(name, value);
    for (const [name, value] of Object.entries(extra)) body.append(name, value);
    return load(page.address, { method: "POST", body, headers: { origin } });
  };
  return { open: (address) => load(address, {}), submit, origin, headers };
}

/** The forms of a page with their hidden fields and the buttons that are not disabled. */
export function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form\b[^>]*>(.*?)<\/form>/gs)].map(([, inside = ""]) => ({
    fields: tags(inside, "input")
      .filter((input) => input.type === "hidden" && input.name)
      .map((input): [string, string] => [input.name ?? "", input.value ?? ""]),
    buttons: tags(inside, "button")
      .filter((button) => button.name && button.disabled === undefined)
      .map((button) => ({ name: button.name ?? "", value: button.value ?? "" })),
  }));
}

/** The value of a `data-…` attribute of the page's `<main>`. */
export function fact(html: string, name: string): string | null {
  return tags(html, "main")[0]?.[`data-${name}`] ?? null;
}

/** The addresses of a page's links. */
export function linksOf(html: string): string[] {
  return tags(html, "a").flatMap(({ href }) => (href ? [href] : []));
}

function tags(html: string, name: string): Record<string, string>[] {
  return [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, "g"))].map(([, attributes = ""]) =>
    Object.fromEntries([...attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, key = "", value = ""]) => [key, plain(value)])),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'" };

function plain(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity);
}
