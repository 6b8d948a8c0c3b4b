/** The upper floor: Next.js with one route that does nothing but the statements. Never part of the product. */
export default {
  poweredByHeader: false,
  // Of the copy that is built: its own folder lies below the one with node_modules.
  turbopack: { root: process.env.FLOOR_ROOT },
  serverExternalPackages: ["pg"],
};
