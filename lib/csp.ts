/** The parts of the site that differ in what a page may do. */
export type PageArea = "checkout" | "sandbox" | "dashboard";

/** Which part a path belongs to. */
export function pageAreaOf(path: string): PageArea {
  if (path === "/sandbox" || path.startsWith("/sandbox/")) return "sandbox";
  // The shopper's page as a merchant sees it beside its settings, in a frame.
  if (path === "/dashboard/settings/preview") return "checkout";
  if (path === "/" || path === "/desk" || path.startsWith("/pay/") || path.startsWith("/l/")) return "checkout";
  return "dashboard";
}

const FRAME_ANCESTORS = { checkout: "'self'", sandbox: "'self'", dashboard: "'none'" } as const satisfies Record<PageArea, string>;
// A gateway's desk or iframe is on a host that only the account's settings know. The header allows https; the page
// itself narrows it to the one host of its presentation (components/checkout/narrow-policy.tsx): both must agree.
const FRAME_SRC = { checkout: "'self' https:", sandbox: "'self'", dashboard: "'self'" } as const satisfies Record<PageArea, string>;
const FORM_ACTION = { checkout: "'self' https:", sandbox: "'self' http: https:", dashboard: "'self'" } as const satisfies Record<
  PageArea,
  string
>;

/**
 * The Content-Security-Policy of a page: scripts are ours or carry this request's nonce, nothing is loaded from a third
 * party but a merchant's logo. `origin` is PUBLIC_URL's (the page may be open under another of our names); `development` adds what Next's dev server needs (eval, its socket);
 * `framers` are the pages a merchant lets show its checkout in a frame (lib/known-address.ts).
 */
export function contentSecurityPolicy(
  area: PageArea,
  nonce: string,
  site: { origin: string; development: boolean; framers?: readonly string[] },
): string {
  const { origin, development, framers = [] } = site;
  const rules: Record<string, string> = {
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${nonce}'${development ? " 'unsafe-eval'" : ""}`,
    "style-src": development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    "style-src-attr": area === "checkout" ? "'none'" : "'unsafe-inline'",
    "img-src": "'self' data: https:",
    "connect-src": development ? "'self' ws: wss:" : "'self'",
    "frame-src": FRAME_SRC[area],
    "form-action": `${FORM_ACTION[area]} ${origin}`,
    "frame-ancestors": [FRAME_ANCESTORS[area], ...(area === "checkout" ? framers : [])].join(" "),
    "base-uri": "'none'",
    "object-src": "'none'",
  };
  return Object.entries(rules)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/** The other security headers of a page. `framed`: somebody else may frame it, which X-Frame-Options cannot say. */
export function pageHeaders(area: PageArea, framed = false): Record<string, string> {
  return {
    // `no-referrer` would make form posts carry `Origin: null` (reliability.md 10).
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    ...(area === "checkout" && framed ? {} : { "X-Frame-Options": area === "dashboard" ? "DENY" : "SAMEORIGIN" }),
    "Permissions-Policy": `camera=(${area === "dashboard" ? "self" : ""}), microphone=(), geolocation=(), usb=(), browsing-topics=()`,
  };
}
