import { withoutEnds } from "#lib/doctor/ends.ts";

/** A message as it was pasted or logged: what stands where, nothing decoded. Header names are in lower case. */
export interface Message {
  method: string | null;
  path: string;
  query: string;
  headers: ReadonlyMap<string, string>;
  body: string;
}

/** What is read at most; longer pastes are refused where they come in. */
export const PASTE_MAX = 65_536;
/** Not `https://…`, which is an address. */
const HEADER = /^([A-Za-z][A-Za-z0-9-]{0,63}):(?!\/\/)[ \t]*(.*)$/;

/**
 * Reads what people paste: a whole HTTP request, headers and a body, an address, a form, JSON, or a curl command. Reads
 * anything: what it cannot place is the body.
 */
export function readMessage(pasted: string): Message {
  const text = withoutEnds(pasted.slice(0, PASTE_MAX), /[\r\n\t ]/);
  if (/^curl\s/.test(text)) return readCurl(text);
  const lines = text.split(/\r?\n/);
  const first = /^(GET|POST|PUT|DELETE|PATCH) (\S+)(?: HTTP\/\d(?:\.\d)?)?$/.exec(lines[0] ?? "");
  let at = first ? 1 : 0;
  const headers = new Map<string, string>();
  for (; at < lines.length; at += 1) {
    const header = HEADER.exec(lines[at] ?? "");
    if (!header) break;
    headers.set((header[1] ?? "").toLowerCase(), (header[2] ?? "").trim());
  }
  if ((lines[at] ?? "") === "" && (first || headers.size > 0)) at += 1;
  // A body keeps its own line ends: they may be what is wrong.
  const body = at === 0 ? text : afterLines(text, at);
  if (first) return { method: first[1] ?? null, ...target(first[2] ?? ""), headers, body };
  if (headers.size === 0 && /^(?:https?:\/\/|\/)[^\s?]*\?\S+$/.test(text)) return { method: "GET", ...target(text), headers, body: "" };
  return { method: null, path: "", query: "", headers, body };
}

function afterLines(text: string, count: number): string {
  let at = 0;
  for (let line = 0; line < count; line += 1) {
    const next = text.indexOf("\n", at);
    if (next < 0) return "";
    at = next + 1;
  }
  return text.slice(at);
}

function target(address: string): { path: string; query: string } {
  const [beforeHash = ""] = address.split("#");
  const path = beforeHash.replace(/^https?:\/\/[^/?]*/, "");
  const mark = path.indexOf("?");
  return mark < 0 ? { path, query: "" } : { path: path.slice(0, mark), query: path.slice(mark + 1) };
}

const DATA = new Set(["-d", "--data", "--data-raw", "--data-binary", "--data-urlencode", "--data-ascii"]);

function readCurl(text: string): Message {
  const words = shellWords(text).slice(1);
  const headers = new Map<string, string>();
  const data: string[] = [];
  let method: string | null = null;
  let address = "";
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const next = words[at + 1] ?? "";
    if (word === "-H" || word === "--header") {
      const header = HEADER.exec(next);
      if (header) headers.set((header[1] ?? "").toLowerCase(), (header[2] ?? "").trim());
      at += 1;
    } else if (word === "-X" || word === "--request") {
      method = next;
      at += 1;
    } else if (DATA.has(word)) {
      data.push(next);
      at += 1;
    } else if (!word.startsWith("-") && address === "") address = word;
  }
  return { method: method ?? (data.length > 0 ? "POST" : "GET"), ...target(address), headers, body: data.join("&") };
}

/** The words of a command as a shell would see them: quotes, `$'…'`, backslashes and continued lines. */
function shellWords(text: string): string[] {
  const pattern = /(?:\$'(?:[^'\\]|\\.)*'|'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/gs;
  return [...text.replace(/\\\r?\n/g, " ").matchAll(pattern)].map(([word]) => unquoted(word));
}

function unquoted(word: string): string {
  return word.replace(/\$'((?:[^'\\]|\\.)*)'|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, (_all, ansi, single, double, bare) => {
    if (typeof ansi === "string") return ansi.replace(/\\n/g, "\n").replace(/\\r/g, "\r").replace(/\\(.)/gs, "$1");
    if (typeof single === "string") return single;
    return typeof double === "string" ? double.replace(/\\(["\\$`])/g, "$1") : String(bare ?? "");
  });
}
