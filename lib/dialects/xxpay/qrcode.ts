import { create } from "qrcode";
import type { WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import { pairsOf } from "#lib/dialects/xxpay/parameters.ts";

/** Where a scan product's payUrl points (seeds/003 §2.1.5): opened by the shopper's browser or shown as a picture, unsigned. */
export const QRCODE_PATH = "/api/qrcode/create_qrcode";

const TEXT_MAX = 1000;
/** Light modules around the code (ISO/IEC 18004 §9.1). */
const QUIET = 4;
const PIXELS_A_MODULE = 8;

/** The QR code of `params` as a picture; 400 in words when there is nothing to draw. */
export function qrcode(request: WireRequest): WireReply {
  const text = pairsOf(request.query)?.get("params") ?? "";
  if (text === "" || text.length > TEXT_MAX) return reply(400, "text/plain", "params 不正确");
  return reply(200, "image/svg+xml", svgOf(text));
}

function svgOf(text: string): string {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const side = modules.size + 2 * QUIET;
  const dark: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) dark.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
    }
  }
  const size = side * PIXELS_A_MODULE;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges" role="img">` +
    `<title>QR</title><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${dark.join("")}"/></svg>`
  );
}

function reply(status: number, type: string, body: string): WireReply {
  return {
    status,
    headers: { "Content-Type": `${type}; charset=utf-8`, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store" },
    body,
  };
}
