import { qrSvg } from "#components/checkout/qr-svg.ts";

/**
 * A QR code inside the first HTML: black on white in both themes, since scanners need dark on light, with the quiet
 * zone of ISO/IEC 18004 (4 modules). `label` is what a screen reader says of it.
 */
export function QrCode({ text, label, stale = false }: { text: string; label: string; stale?: boolean }) {
  const { size, path } = qrSvg(text);
  return (
    <div className="qr" data-stale={stale || undefined}>
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges" width="224" height="224">
        <path d={path} fill="#000" />
      </svg>
    </div>
  );
}
