import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { log } from "#lib/log.ts";
import { INNER_HEADER, isShopperDocument, withoutRuntime } from "#lib/plain-document.ts";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** A sheet longer than this (9 kB compressed) is left a file: HTML and sheet must fit the first flight of packets, 14 kB. */
const SHEET_BYTES_MAX = 40_000;
const LINKED_SHEET = /<link\b(?=[^>]*\brel="stylesheet")[^>]*\bhref="\/_next\/static\/([\w.~/-]+\.css)"[^>]*>/g;
const NONCE = /'nonce-([^']+)'/;

/**
 * Makes the answer to a shopper's document light on its way out, in the server's own process: the framework's scripts are
 * cut out (lib/plain-document.ts), the style sheet is written into the HTML under the answer's own nonce, so that the
 * first paint waits for one request and not for two, and the whole is compressed. Call it before the framework is given
 * the request; anything but HTML passes as it is. `staticDir` is the build's folder of `/_next/static/`.
 */
export function lightenDocument(request: IncomingMessage, response: ServerResponse, staticDir: string): void {
  const accepted = encodingOf(String(request.headers["accept-encoding"] ?? ""));
  request.headers["accept-encoding"] = "identity"; // the framework's own compression would be in the way
  request.headers[INNER_HEADER] = "1"; // proxy.ts need not ask us again
  holdDocument(response, async (html) => {
    const nonce = NONCE.exec(String(response.getHeader("content-security-policy") ?? ""))?.[1];
    const plain = withoutRuntime(html);
    const light = nonce ? withSheets(plain, nonce, staticDir) : plain;
    // The framework names the sheets in this header as well, for early loading: nobody is to load what is written in.
    if (light !== plain) response.removeHeader("link");
    const whole = Buffer.from(light);
    response.removeHeader("transfer-encoding");
    if (!/\baccept-encoding\b/i.test(String(response.getHeader("vary") ?? ""))) response.appendHeader("vary", "Accept-Encoding");
    if (!accepted) return whole;
    response.setHeader("content-encoding", accepted.name);
    return accepted.compress(whole);
  });
}

/** Whether this request is for a shopper's document; the framework's own fetches of page data are not. */
export function asksForDocument({ method, url = "", headers }: IncomingMessage): boolean {
  return method === "GET" && isShopperDocument(url.split("?", 1)[0] ?? "") && headers.rsc === undefined;
}

interface Encoding {
  name: string;
  compress(bytes: Buffer): Promise<Buffer>;
}

// Brotli's middle quality costs what gzip costs and is a tenth smaller; browsers offer it over https only.
const BR: Encoding = { name: "br", compress: (bytes) => brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) };
const GZIP: Encoding = { name: "gzip", compress: (bytes) => zip(bytes, { level: 6 }) };

function encodingOf(header: string): Encoding | null {
  const taken = new Set<string>();
  for (const part of header.toLowerCase().split(",")) {
    const [name = "", ...parameters] = part.split(";").map((piece) => piece.trim());
    if (!parameters.some((one) => /^q=0(?:\.0*)?$/.test(one))) taken.add(name);
  }
  return [BR, GZIP].find(({ name }) => taken.has(name)) ?? null;
}

/** Each linked sheet of the build as a `<style>` in its place; one that cannot be read stays linked. */
function withSheets(html: string, nonce: string, staticDir: string): string {
  return html.replaceAll(LINKED_SHEET, (link: string, name: string) => {
    const css = sheet(path.join(staticDir, name), staticDir);
    return css === null ? link : `<style nonce="${nonce}">${css}</style>`;
  });
}

const sheets = new Map<string, string | null>();

// The build names a sheet by a hash of its content: what was read once stays true.
function sheet(file: string, staticDir: string): string | null {
  const known = sheets.get(file);
  if (known !== undefined) return known;
  let css: string | null = null;
  try {
    if (file.startsWith(staticDir + path.sep)) css = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    log.warn({ error: String(error) }, "style sheet stays a file");
  }
  // Addresses in a sheet are relative to it, and in a page to the page.
  const fits = css !== null && Buffer.byteLength(css) <= SHEET_BYTES_MAX && !/<\/style|@import|url\((?!["']?(?:data:|\/))/i.test(css);
  sheets.set(file, fits ? css : null);
  return fits ? css : null;
}

/**
 * Keeps what is written to `response` back, if it is HTML, until it is whole, and sends what `remake` makes of it. Should
 * that fail the document goes out as it was.
 */
function holdDocument(response: ServerResponse, remake: (html: string) => Promise<Buffer>): void {
  const { write, end, writeHead, flushHeaders } = response;
  const own = { write, end, writeHead, flushHeaders };
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown, encoding: unknown): void => {
    if (typeof chunk === "string") chunks.push(Buffer.from(chunk, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8"));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  let held: boolean | undefined;
  // Decided once, at the first sign of an answer: by then its headers are set.
  const holds = (): boolean => {
    held ??= /^text\/html\b/.test(String(response.getHeader("content-type") ?? "")) && !response.headersSent;
    if (!held) Object.assign(response, own);
    return held;
  };
  const called = (...values: unknown[]): void => {
    const last = values.findLast((value) => typeof value === "function");
    if (last) process.nextTick(last as () => void);
  };
  const finish = async (callback: unknown): Promise<void> => {
    const whole = Buffer.concat(chunks);
    const body = await remake(whole.toString("utf8")).catch((error: Error) => {
      log.error({ error: String(error) }, "page sent as the framework wrote it");
      response.removeHeader("content-encoding");
      return whole;
    });
    Object.assign(response, own);
    if (response.destroyed) return;
    response.setHeader("content-length", body.byteLength);
    response.end(body, callback as () => void);
  };
  Object.assign(response, {
    // The framework's compression asks for the head at the first byte, even where it compresses nothing.
    writeHead: (status: number, ...more: unknown[]) => {
      const [words, headers = words] = more;
      response.statusCode = status;
      if (typeof words === "string") response.statusMessage = words;
      if (headers && typeof headers === "object") response.setHeaders(new Map(Object.entries(headers)) as Map<string, string>);
      return holds() ? response : response.writeHead(status);
    },
    flushHeaders: () => {
      if (!holds()) response.flushHeaders();
    },
    write: (...values: Parameters<typeof write>) => {
      if (!holds()) return response.write(...values);
      keep(values[0], values[1]);
      called(...values);
      return true;
    },
    end: (...values: unknown[]) => {
      if (!holds()) return (response.end as (...all: unknown[]) => ServerResponse)(...values);
      keep(values[0], values[1]);
      void finish(values.find((value) => typeof value === "function"));
      return response;
    },
  });
}
