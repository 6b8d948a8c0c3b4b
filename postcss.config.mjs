import path from "node:path";

// Tailwind 4 writes `@layer`, `oklch` and nesting; old web-views (stack.md: Chrome 87, Safari 14) know none of them.
// So: Tailwind without its own optimiser, then cascade layers flattened, then Lightning CSS down to those browsers.
export default {
  plugins: {
    "@tailwindcss/postcss": { optimize: false },
    "@csstools/postcss-cascade-layers": {},
    [path.join(process.cwd(), "postcss.lightning.cjs")]: {},
  },
};
