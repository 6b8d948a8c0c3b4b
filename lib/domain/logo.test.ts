import { describe, expect, it } from "vitest";
import { LOGO_MAX_BYTES, readLogo } from "#lib/domain/logo.ts";

// Made by others: the smallest pictures of each kind (libpng, libjpeg, cwebp lossy and lossless).
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const JPEG =
  "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z";
const WEBP = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";
const WEBP_LOSSLESS = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));

describe("an uploaded logo is what its bytes say", () => {
  it.each([
    ["image/png", PNG],
    ["image/jpeg", JPEG],
    ["image/webp", WEBP],
    ["image/webp", WEBP_LOSSLESS],
  ])("%s", (type, base64) => {
    const given = bytes(base64);
    // The container is padded to thirty bytes by every writer of pictures larger than a pixel.
    const padded = given.length < 30 ? new Uint8Array([...given, ...new Array(30 - given.length).fill(0)]) : given;
    expect(readLogo(padded)).toEqual({ ok: true, type });
  });

  it.each([
    ["an SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ["a page", Buffer.from("<!doctype html><script>alert(1)</script>")],
    ["a GIF", Buffer.from("R0lGODlhAQABAAAAACw=", "base64")],
    ["a PNG's first bytes alone", Buffer.from(PNG, "base64").subarray(0, 12)],
    ["a JPEG without a frame", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xd9, 0, 0, 0, 0])],
    ["a sound in the same container", Buffer.concat([Buffer.from("RIFF\0\0\0\0WAVEfmt "), Buffer.alloc(40)])],
  ])("%s is none", (_name, given) => {
    expect(readLogo(new Uint8Array(given))).toEqual({ ok: false, problem: "not_a_picture" });
  });

  it("nothing, too much, and too many pixels are told apart", () => {
    expect(readLogo(new Uint8Array(0))).toEqual({ ok: false, problem: "empty" });
    expect(readLogo(new Uint8Array(LOGO_MAX_BYTES + 1))).toEqual({ ok: false, problem: "too_large" });
    const huge = bytes(PNG);
    new DataView(huge.buffer).setUint32(16, 4097);
    expect(readLogo(huge)).toEqual({ ok: false, problem: "too_many_pixels" });
  });
});
