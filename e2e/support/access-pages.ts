import type { PageRow } from "#app/page-rows-testing.ts";
import { filledIn, may, type Scene } from "#app/scene-testing.ts";
import { addressOf, isRefusal } from "./access-presses.ts";
import { type AccessWorld, type Answer, EVERYBODY, FOREIGN_MARK, OWN_MARK, roleOf, signedOut, type Who } from "./access-world.ts";

/**
 * As data, on a fresh router or on one that says it has all layouts already, and as a document, which is drawn from the same data
 * and takes three times as long. Everybody asks for the first, for the others one of each kind.
 */
export const WAYS = ["data", "data alone", "document"] as const;
type Way = (typeof WAYS)[number];
export const ASKING: Readonly<Record<Way, readonly Who[]>> = {
  data: EVERYBODY,
  "data alone": ["viewer", "stranger"],
  document: ["viewer", "owner", "stranger", "nobody"],
};

/** Opens a row's page as somebody, about one of these things. */
export async function readPage(world: AccessWorld, file: string, row: PageRow, who: Who, way: Way, things: Scene): Promise<Answer> {
  const address = addressOf(file, filledIn(row.params ?? {}, things), filledIn(row.search ?? {}, things));
  if (way === "document") return world.ask(who, address);
  const headers: Record<string, string> = { RSC: "1" };
  if (way === "data alone")
    headers["Next-Router-State-Tree"] = encodeURIComponent(JSON.stringify(stateOf(file, filledIn(row.params ?? {}, things))));
  const first = await world.ask(who, address, { headers });
  // The name of the answer in a cache is made from the headers and has to be right: Next says which it is.
  return /[?&]_rsc/.test(first.to) ? world.ask(who, first.to, { headers }) : first;
}

/** What is wrong with an answer about the own merchant, by the row; null when nothing is. */
export function judged({ status, to, text }: Answer, row: PageRow, who: Who): string | null {
  const marked = text.includes(OWN_MARK);
  if (text.includes(FOREIGN_MARK) && who !== "stranger" && who !== "platform") return "shows another merchant's";
  if (signedOut(who)) return /^\/sign-in\?next=/.test(to) && !marked ? null : "not sent to sign in";
  const role = roleOf(who);
  if (!row.empty && may(row.needs, role)) {
    if (status !== 200 || to || isRefusal(text)) return "not shown";
    return row.shows && !marked ? "shown without what it is about" : null;
  }
  if (marked) return "shows what it must not";
  // A page of no thing in particular is, for the stranger, one of their own merchant.
  const theirs = who === "stranger" && !row.params && !row.empty && may(row.needs, "owner");
  return theirs || isRefusal(text) || status === 404 ? null : "not refused";
}

/** What the browser's router says it is on: this very page, whose last part alone is asked for. */
function stateOf(file: string, params: Record<string, string>): unknown {
  const segments = partsOf(file).map((part) =>
    part.startsWith("[") ? [nameIn(part), params[nameIn(part)] ?? "nothing", part.startsWith("[...") ? "c" : "d", null] : part,
  );
  const leaf: unknown = ["__PAGE__", {}, null, "refetch"];
  return segments.reduceRight((inner: unknown, segment) => [segment, { children: inner }], leaf) as unknown;
}

const partsOf = (file: string) => file.split("/").slice(1, -1);
const nameIn = (part: string) => part.replace(/[[\].]/g, "");
