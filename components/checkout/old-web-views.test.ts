import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import postcss, { type AcceptedPlugin, type Root } from "postcss";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "#components/checkout/checkout.tsx";
import { type FixtureName, sceneOf, VIEW_FIXTURES } from "#components/checkout/fixtures.ts";

const NAMES = Object.keys(VIEW_FIXTURES) as FixtureName[];
const draw = (name: FixtureName) => renderToStaticMarkup(Checkout({ scene: sceneOf(name, "en", {}) }));

const require = createRequire(import.meta.url);
const HOUSE = new URL("../../", import.meta.url);

/** A sheet as the build makes it: by the plugins of postcss.config.mjs, in their order. */
async function built(path: string): Promise<string> {
  const from = new URL(path, HOUSE).pathname;
  const { default: config } = (await import(new URL("postcss.config.mjs", HOUSE).href)) as { default: { plugins: Record<string, object> } };
  const plugins = Object.entries(config.plugins).map(([name, options]) => {
    const made = require(name) as ((options: object) => AcceptedPlugin) & { default?: (options: object) => AcceptedPlugin };
    return (made.default ?? made)(options);
  });
  return (await postcss(plugins).process(readFileSync(from, "utf8"), { from })).css;
}

const sheets: Record<string, string> = {};
beforeAll(async () => {
  for (const path of ["app/checkout.css", "app/(checkout)/l/[slug]/link.css"]) sheets[path] = await built(path);
});

describe("the shopper's sheets, lowered for Chrome 87 and Safari 14", () => {
  // A browser that does not know one of these drops the rule it stands in, or the whole sheet below it.
  const LATER: Record<string, RegExp> = {
    "cascade layers (Chrome 99, Safari 15.4)": /@layer/,
    "oklch, oklab, lab, lch (Chrome 111, Safari 15)": /\b(?:ok)?l(?:ch|ab)\(/,
    "color-mix (Chrome 111, Safari 16.2)": /color-mix\(/,
    "nesting (Chrome 112, Safari 16.5)": /&/,
    "container queries (Chrome 105, Safari 16)": /@container/,
    ":has (Chrome 105, Safari 15.4)": /:has\(/,
    "translate, rotate, scale as properties (Chrome 104)": /[;{\s](?:translate|rotate|scale)\s*:/,
    "aspect-ratio (Chrome 88, Safari 15)": /[;{\s]aspect-ratio\s*:/,
    "dynamic viewport units (Chrome 108, Safari 15.4)": /\d[dsl]v[hw]\b/,
    "ranges in media queries (Chrome 104, Safari 16.4)": /@media[^{]*[<>]/,
    "inset (Safari 14.1)": /[;{\s]inset\s*:/,
  };
  it.each(Object.entries(LATER))("have no %s", (_, pattern) => {
    for (const [path, css] of Object.entries(sheets)) expect(css.match(pattern)?.[0], path).toBeUndefined();
  });

  it("have no gap between flex items, which Safari 14.0 ignores", () => {
    for (const css of Object.values(sheets))
      expect(rulesWith(postcss.parse(css), /^(?:inline-)?flex$/, /^(?:row-|column-)?gap$/)).toEqual([]);
  });

  it("have :where and :is (Chrome 88) only in niceties of Tailwind's own, which may fail", () => {
    const NICETIES = /^(?:abbr:where|:-moz-focusring:where|:where\(select|input:where\(\[type|\[hidden\]:where)/;
    const found: string[] = [];
    for (const css of Object.values(sheets)) {
      postcss.parse(css).walkRules(({ selector }) => {
        if (/:(?:is|where)\(/.test(selector) && !NICETIES.test(selector)) found.push(selector);
      });
    }
    expect(found).toEqual([]);
    // The one that is no nicety is of an attribute that no state has.
    for (const name of NAMES) expect(draw(name), name).not.toMatch(/<[^>]* hidden(?:[\s=>])/);
  });

  it("were more than that before, or this would prove nothing", () => {
    expect(readFileSync(new URL("app/checkout.css", HOUSE), "utf8")).toMatch(/@layer/);
    expect(sheets["app/checkout.css"]).toMatch(/\.primary/);
  });
});

/** Selectors of rules that are laid out as `display` and have a property of such a name. */
function rulesWith(root: Root, display: RegExp, property: RegExp): string[] {
  const found: string[] = [];
  root.walkRules((rule) => {
    const own = rule.nodes.filter((node) => node.type === "decl");
    if (own.some((one) => one.prop === "display" && display.test(one.value)) && own.some((one) => property.test(one.prop)))
      found.push(rule.selector);
  });
  return found;
}

/** What a finger presses is 44 CSS px high by the sheet, whatever words are in it (accessible.spec.ts measures 24, WCAG 2.5.8). */
describe("what a finger presses", () => {
  const high = (): Set<string> => {
    const classes = new Set<string>();
    postcss.parse(sheets["app/checkout.css"] ?? "").walkRules((rule) => {
      const tall = rule.nodes.some((node) => node.type === "decl" && node.prop === "min-height" && Number.parseFloat(node.value) >= 44);
      if (tall) for (const [, name] of rule.selector.matchAll(/\.([\w-]+)/g)) if (name) classes.add(name);
    });
    return classes;
  };

  it.each(NAMES)("in %s is at least 44 px high", (name) => {
    const tall = high();
    const low = [...draw(name).matchAll(/<button\b[^>]*>/g)]
      .map(([tag]) => /class="([^"]*)"/.exec(tag)?.[1] ?? tag)
      .filter((classes) => !classes.split(" ").some((one) => tall.has(one)));
    expect(low).toEqual([]);
  });
});
