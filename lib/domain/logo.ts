/** The kinds of picture a logo may be. No SVG: it may carry scripts. */
export type LogoType = "image/png" | "image/jpeg" | "image/webp";

/** The most bytes of a logo; the table's CHECK says the same. */
export const LOGO_MAX_BYTES = 262_144;
/** More pixels a side would only make phones work: it is drawn 40 × 40. */
export const LOGO_MAX_SIDE = 4096;

export type LogoProblem = "empty" | "too_large" | "not_a_picture" | "too_many_pixels";

interface Size {
  width: number;
  height: number;
}

// How each kind begins, and where it says its size.
const KINDS: readonly { type: LogoType; begins: (bytes: Uint8Array) => boolean; size: (bytes: Uint8Array) => Size | null }[] = [
  { type: "image/png", begins: (bytes) => starts(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), size: sizeOfPng },
  { type: "image/jpeg", begins: (bytes) => starts(bytes, [0xff, 0xd8, 0xff]), size: sizeOfJpeg },
  {
    type: "image/webp",
    begins: (bytes) => starts(bytes, [0x52, 0x49, 0x46, 0x46]) && starts(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50]),
    size: sizeOfWebp,
  },
];

/** What an uploaded file is by its own bytes, whatever its name and the browser say; else why it cannot be a logo. */
export function readLogo(bytes: Uint8Array): { ok: true; type: LogoType } | { ok: false; problem: LogoProblem } {
  if (bytes.length === 0) return { ok: false, problem: "empty" };
  if (bytes.length > LOGO_MAX_BYTES) return { ok: false, problem: "too_large" };
  const kind = KINDS.find(({ begins }) => begins(bytes));
  const size = kind?.size(bytes);
  if (!kind || !size || size.width === 0 || size.height === 0) return { ok: false, problem: "not_a_picture" };
  if (Math.max(size.width, size.height) > LOGO_MAX_SIDE) return { ok: false, problem: "too_many_pixels" };
  return { ok: true, type: kind.type };
}

function starts(bytes: Uint8Array, signs: readonly number[]): boolean {
  return signs.every((byte, index) => bytes[index] === byte);
}

function sizeOfPng(bytes: Uint8Array): Size | null {
  if (bytes.length < 24 || !starts(bytes.subarray(12), [0x49, 0x48, 0x44, 0x52])) return null;
  const view = viewOf(bytes);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

// Segments one after the other until the frame's header (SOF0–15 without DHT, JPG and DAC), which has the size.
function sizeOfJpeg(bytes: Uint8Array): Size | null {
  const view = viewOf(bytes);
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

// The three shapes of the container: lossy (VP8 ), lossless (VP8L) and extended (VP8X).
function sizeOfWebp(bytes: Uint8Array): Size | null {
  if (bytes.length < 30) return null;
  const view = viewOf(bytes);
  const shape = String.fromCharCode(...bytes.subarray(12, 16));
  if (shape === "VP8 ") return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (shape === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (shape !== "VP8X") return null;
  const of24 = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
  return { width: of24(24), height: of24(27) };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
