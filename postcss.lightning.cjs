// CommonJS, because Next's CSS pipeline calls `require` on a plugin it is given by path.
const { transform } = require("lightningcss");
const postcss = require("postcss");

/** Browsers the shopper may bring, in Lightning CSS's notation (major version in the third byte). */
const TARGETS = { chrome: 87 << 16, safari: 14 << 16, ios_saf: 14 << 16, android: 87 << 16 };

/** A PostCSS plugin that hands the finished sheet to Lightning CSS: lower the syntax, prefix, minify. */
function lightning() {
  return {
    postcssPlugin: "lightning",
    OnceExit(root, { result }) {
      const lowered = transform({
        filename: result.opts.from ?? "sheet.css",
        code: Buffer.from(root.toString()),
        targets: TARGETS,
        minify: process.env.NODE_ENV === "production",
        errorRecovery: true,
      });
      result.root = postcss.parse(lowered.code.toString(), { from: result.opts.from });
    },
  };
}
lightning.postcss = true;

module.exports = lightning;
