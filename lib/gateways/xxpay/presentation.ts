import type { Presentation } from "#lib/domain/presentation.ts";
import { parseForm } from "#lib/gateways/wire.ts";
import type { Xxpay } from "#lib/gateways/xxpay/credentials.ts";
import { QR_PAGE } from "#lib/gateways/xxpay/paths.ts";

const POST = "POST;";
const FIELDS_MAX = 200;

/**
 * What a `payUrl` asks of the browser (seeds/003 §2.1.5): `POST;url` is a form, the centre's own QR page is the QR it draws, a
 * wallet's own scheme is a QR's text, anything else is an address to go to. Null when it is none of these. The text is never
 * URL-decoded: §2.1.5 warns that its bytes would change.
 */
export function presentationOf(payUrl: string, settings: Xxpay["settings"]): Presentation | null {
  if (payUrl.startsWith(POST)) return formOf(payUrl.slice(POST.length).trim(), settings.postedValues);
  const drawn = settings.qrPage === "draw" ? drawnText(payUrl) : null;
  if (drawn !== null) return { kind: "qr", text: drawn };
  if (!URL.canParse(payUrl)) return null;
  return /^https?:\/\//i.test(payUrl) ? { kind: "redirect", url: payUrl } : { kind: "qr", text: payUrl };
}

// All that follows `params=`, as it stands. Where that is no address (somebody escaped it after all), the page itself can tell.
function drawnText(payUrl: string): string | null {
  const at = payUrl.indexOf(QR_PAGE);
  if (at < 0 || !/^https?:\/\/[^?#]+$/i.test(payUrl.slice(0, at))) return null;
  const text = payUrl.slice(at + QR_PAGE.length);
  return URL.canParse(text) ? text : null;
}

function formOf(url: string, values: "raw" | "decoded"): Presentation | null {
  const at = url.indexOf("?");
  const action = at < 0 ? url : url.slice(0, at);
  const query = at < 0 ? "" : url.slice(at + 1);
  const fields = values === "raw" ? rawPairs(query) : decodedPairs(query);
  return fields === null || !URL.canParse(action) ? null : { kind: "form", action, fields };
}

function rawPairs(query: string): Record<string, string> | null {
  const fields = new Map<string, string>();
  const pairs = query === "" ? [] : query.split("&", FIELDS_MAX + 1);
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const name = at < 0 ? pair : pair.slice(0, at);
    // A form of ours holds each name once; which of two was meant nobody knows.
    if (name === "" || fields.has(name)) return null;
    fields.set(name, at < 0 ? "" : pair.slice(at + 1));
  }
  return fields.size > FIELDS_MAX ? null : Object.fromEntries(fields);
}

function decodedPairs(query: string): Record<string, string> | null {
  const form = parseForm(query);
  return form.ok ? form.fields : null;
}
