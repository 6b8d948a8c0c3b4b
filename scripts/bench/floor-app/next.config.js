import { fileURLToPath } from "node:url";

/** The upper floor: Next.js with one route that does nothing but the statements. Never part of the product. */
export default {
  poweredByHeader: false,
  turbopack: { root: fileURLToPath(new URL("../../..", import.meta.url)) },
  serverExternalPackages: ["pg"],
};
