import { Heading, Prose, Sample } from "#components/docs/parts.tsx";

/** The chapters of the guide, by anchor; docs/api.md says the same at more length. */
export const GUIDE = [
  { id: "start", title: "Start" },
  { id: "keys", title: "Keys and test mode" },
  { id: "requests", title: "Requests" },
  { id: "idempotency", title: "Idempotency" },
  { id: "lists", title: "Lists" },
  { id: "versions", title: "Versions" },
  { id: "limits", title: "Limits" },
] as const;

const TEXTS: Readonly<Record<(typeof GUIDE)[number]["id"], readonly string[]>> = {
  start: [
    "Create an order, send the shopper to its `checkout_url`, and let a webhook tell you when it is paid. That is all a shop needs; the rest is for those who draw their own page, refund by program, or look after many links.",
  ],
  keys: [
    "Make a key on the developers’ pages of the dashboard. It is shown once. Send it as `Authorization: Bearer sk_test_…` with each request, from your server only: there is no CORS, a browser cannot call this API.",
    "Test mode is the sandbox: a `sk_test_` key sees and makes test things only, a `sk_live_` key live things only, and nothing else differs. Each key has scopes; a request its scopes do not cover is `scope_missing`. Rolling a key makes another, and the old one goes on for as long as you choose.",
    "What belongs to another merchant, to the other mode, or does not exist at all is the same 404.",
  ],
  requests: [
    "Bodies are JSON (`Content-Type: application/json`, UTF-8, at most 64 KiB). A field nobody knows, a name that stands twice, a number where a text belongs: refused, and the field named. Amounts are decimal text in major units with an ISO 4217 `currency`, never numbers; times are ISO 8601 in UTC.",
    "Each answer has a `Request-Id`. Give it to whoever helps you: it finds the request, with both bodies, on the developers’ pages for 30 days.",
  ],
  idempotency: [
    "Send `Idempotency-Key` (1 to 255 visible characters; a fresh UUID is good) with each POST, and repeat the request with the same key until you have an answer. The same request again gets the stored answer, marked `Idempotent-Replayed: true`; another request under the same key is `idempotency_key_reused`; while the first is at work it is `idempotency_in_flight`. Keys are kept for 48 hours, per merchant and mode.",
    "Answers below 500 are stored. After a 5xx the same request runs again, and finds what the first one made: never a second order, never a second refund.",
  ],
  lists: [
    "Lists are newest first. `limit` is 1 to 100; to go on, give the `after` of the page back as `after`; to see what is new since, give its `before` back as `before`, even much later. `has_more` says whether there is more in that direction. Cursors are opaque, and pages neither repeat nor miss a row while others are made.",
  ],
  versions: [
    "`Shouyin-Version: 2026-11-20` says which version a request is written for; the answer says which it got. Without the header it is 2026-11-20. New fields in answers and new event types may come at any time; a change that could break you makes a new version.",
  ],
  limits: [
    "`RateLimit-Policy` and `RateLimit` tell how many requests the key has in a minute and how many are left. Beyond that it is 429 with `Retry-After`.",
  ],
};

export function Guide({ curl }: { curl: string }) {
  return (
    <>
      {GUIDE.map(({ id, title }) => (
        <section key={id} aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <Heading id={id} level={2}>
            {title}
          </Heading>
          {TEXTS[id].map((text) => (
            <Prose key={text.slice(0, 40)} text={text} />
          ))}
          {id === "start" ? (
            <div className="max-w-3xl">
              <Sample label="An order" text={curl} />
            </div>
          ) : null}
        </section>
      ))}
    </>
  );
}
