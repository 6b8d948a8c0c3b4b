import { Agent, type IncomingMessage, request as send } from "node:http";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";

/** Marks the request that proxy.ts makes of its own server. Whoever else sends it sees the page with Next's scripts: no harm. */
export const INNER_HEADER = "x-shouyin-inner";

const TIMEOUT_MS = 8_000;
const MAX_BYTES = 1_000_000;
const agent = new Agent({ keepAlive: true, maxSockets: 128 });
/**
 * Headers of the shopper's request that are about their connection or their body, not ours: a Content-Length passed on with
 * no body behind it would make the server read the next shopper's request as that body (request smuggling).
 */
const NOT_ASKED = /^(connection|keep-alive|proxy-.*|transfer-encoding|content-length|expect|te|trailer|upgrade|http2-settings)$/i;
/** Headers that belong to one connection or one encoding, or are Next's word to itself, not to the document. */
const NOT_PASSED = /^(connection|keep-alive|transfer-encoding|content-length|content-encoding|x-middleware-.*)$/i;

// The settings' preview is a checkout in a frame, drawn for those who look after it.
const SHOPPER_PAGE = /^\/(?:desk|(?:l|pay)\/[^/]+|dashboard\/settings\/preview)?$/;
/** First segments under which other people's pages, or no pages, are. Any other address is nobody's: a shopper's 404 page. */
const OTHERS = /^\/(?:dashboard|sign-in|change-password|invite|sandbox|api|_next|compat|marks|l|pay|desk)(?:\/|$)/;

/** Whether a path leads to a document drawn for shoppers (or to nothing), which has no client component. */
export function isShopperDocument(path: string): boolean {
  return SHOPPER_PAGE.test(path) || (!OTHERS.test(path) && !path.includes("."));
}

/**
 * A shopper's page without Next's runtime: 135 kB (gzip) of scripts for a page that has no client component, and the
 * page's data a second time. The page is asked for from this very server, and the framework's scripts are cut out of
 * the answer; forms, style sheet, our own scripts and every header stay. Null when the server cannot be reached that way
 * (it listens on another address): the caller then serves the page as it is, which works just the same. Under
 * scripts/web.ts nobody comes here: lib/plain-response.ts cuts the answer on its way out.
 */
export async function plainDocument(address: URL, headers: Headers): Promise<Response | null> {
  try {
    const answer = await ask(address, headers);
    const body = await textOf(answer);
    const passed = new Headers();
    for (let index = 0; index + 1 < answer.rawHeaders.length; index += 2) {
      const name = answer.rawHeaders[index] ?? "";
      if (!NOT_PASSED.test(name)) passed.append(name, answer.rawHeaders[index + 1] ?? "");
    }
    const html = passed.get("content-type")?.startsWith("text/html") ?? false;
    return new Response(html ? withoutRuntime(body) : body, { status: answer.statusCode ?? 500, headers: passed });
  } catch (error) {
    log.warn({ error: String(error) }, "page served with the framework's scripts");
    return null;
  }
}

/**
 * Cuts out of Next's HTML what only its own runtime reads: chunk scripts, their preloads, and the flight data. The
 * document of a bug (app/global-error.tsx) is empty until the runtime draws it, and keeps it.
 */
export function withoutRuntime(html: string): string {
  if (html.includes('<html id="__next_error__"')) return html;
  return html
    .replaceAll(/<script\b[^>]*\bsrc="\/_next\/[^"]*"[^>]*><\/script>/g, "")
    .replaceAll(/<link\b(?=[^>]*\brel="preload")(?=[^>]*\bas="script")[^>]*>/g, "")
    .replaceAll(
      /<script\b[^>]*>(?:\(self\.__next_f=|self\.__next_f\.push\(|requestAnimationFrame\(function\(\)\{\$RT=|\(globalThis\["TURBOPACK"\])(?:(?!<\/script>)[\s\S])*<\/script>/g,
      "",
    );
}

function ask(address: URL, headers: Headers): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const passed = [...headers].filter(([name]) => !NOT_ASKED.test(name));
    const sent = { ...Object.fromEntries(passed), [INNER_HEADER]: "1", "accept-encoding": "identity" };
    const options = {
      agent,
      host: "127.0.0.1",
      port: env().PORT,
      path: address.pathname + address.search,
      headers: sent,
      timeout: TIMEOUT_MS,
    };
    const asked = send(options, resolve);
    asked.on("timeout", () => asked.destroy(new Error("timeout")));
    asked.on("error", reject);
    asked.end();
  });
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error("the page is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
