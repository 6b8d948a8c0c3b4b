import type { Wallet } from "#lib/domain/methods.ts";

/** A wallet's mark: our own neutral drawing, or the official art an operator put in public/marks (see its README). */
export function Mark({ wallet, size = 36 }: { wallet: Wallet; size?: number }) {
  // biome-ignore lint/performance/noImgElement: a local SVG of a few hundred bytes; the framework's image needs its runtime
  return <img className="mark" src={`/marks/${wallet}.svg`} alt="" width={size} height={size} fetchPriority="low" />;
}
