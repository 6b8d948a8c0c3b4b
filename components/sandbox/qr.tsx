import { create } from "qrcode";

const QUIET = 4;

/** A QR code as one SVG path, black on white in every theme, with its quiet zone. */
export function Qr({ text, label, size = 224 }: { text: string; label: string; size?: number }) {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const side = modules.size + QUIET * 2;
  let path = "";
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++) if (modules.get(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
  return (
    <svg
      className="qr"
      width={size}
      height={size}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      data-text={text}
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
