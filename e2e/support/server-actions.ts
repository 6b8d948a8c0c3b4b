import { readFileSync } from "node:fs";
import path from "node:path";
import { distDir } from "../../scripts/build.ts";

/** A server action as the build exposes it: `row` is `<file>#<name>`, and `pages` are the files of the pages that can be asked for it. */
export interface ServerAction {
  id: string;
  row: string;
  /** Takes the form's state before the form. */
  withState: boolean;
  pages: readonly string[];
}

interface Manifest {
  node: Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }>;
}

let known: readonly ServerAction[] | null = null;

/** Every action that the running server takes over its wire, whether a page has a form for it or not. */
export function serverActions(): readonly ServerAction[] {
  known ??= readManifest();
  return known;
}

function readManifest(): ServerAction[] {
  const file = path.join(distDir, "server/server-reference-manifest.json");
  const { node } = JSON.parse(readFileSync(file, "utf8")) as Manifest;
  return Object.entries(node).map(([id, { filename, exportedName, workers }]) => ({
    ...{ id, row: `${filename}#${exportedName}`, pages: Object.keys(workers).map((one) => `${one}.tsx`) },
    // An id begins with a byte that says which arguments are used (two bits to the left: the first, and so on).
    withState: (Number.parseInt(id.slice(0, 2), 16) & 0b0010_0000) !== 0,
  }));
}

/** What a page's script sends for an action called with a form, after the form's state where it has one. */
export function callBody({ withState }: ServerAction, fields: readonly (readonly [string, string])[]): FormData {
  const body = new FormData();
  for (const [name, value] of fields) body.append(`_1_${name}`, value);
  body.append("0", JSON.stringify(withState ? [{ values: {}, errors: {}, key: "k" }, "$K1"] : ["$K1"]));
  return body;
}

/** A form of a page that works without script: where the browser posts it to, and what with when nothing is typed. */
export interface PlainForm {
  /** The action's id; null for a form that goes to a route. */
  actionId: string | null;
  action: string;
  method: string;
  fields: [string, string][];
  /** Each submit button's own name and value. */
  buttons: [string, string][];
}

const ATTRIBUTE = /([\w$:-]+)(?:="([^"]*)")?/g;
const CONTROL = /<(input|textarea|select|button)\b([^>]*)>(?:([\s\S]*?)<\/\1>)?/g;

/** The forms in a page's HTML, with every field as it was drawn; a select has its chosen (or first) option. */
export function formsIn(html: string): PlainForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = "", inner = ""]) => {
    const form = attributesOf(head);
    const fields: [string, string][] = [];
    const buttons: [string, string][] = [];
    for (const [, tag = "", given = "", content = ""] of inner.matchAll(CONTROL)) {
      const { name, type = "", value = "", ...rest } = attributesOf(given);
      if (!name || "disabled" in rest) continue;
      if (tag === "button" || type === "submit") buttons.push([name, value]);
      else if (tag === "textarea") fields.push([name, unescaped(content)]);
      else if (tag === "select") fields.push([name, chosenIn(content)]);
      else if (type !== "checkbox" && type !== "radio") fields.push([name, value]);
      else if ("checked" in rest) fields.push([name, value || "on"]);
    }
    return { actionId: actionOf(fields), action: form.action ?? "", method: (form.method ?? "get").toLowerCase(), fields, buttons };
  });
}

/** Plain actions name themselves in a field's name; those with a state in the first part of their reference. */
function actionOf(fields: readonly [string, string][]): string | null {
  for (const [name, value] of fields) {
    const plain = /^\$ACTION_ID_(\w+)$/.exec(name)?.[1];
    if (plain) return plain;
    if (/^\$ACTION_\d+:0$/.test(name)) return (JSON.parse(value) as { id: string }).id;
  }
  return null;
}

function chosenIn(options: string): string {
  const all = [...options.matchAll(/<option\b([^>]*)>([^<]*)/g)].map(([, given = "", text = ""]) => {
    const { value, selected } = attributesOf(given);
    return { value: value ?? unescaped(text), selected: selected !== undefined };
  });
  return (all.find(({ selected }) => selected) ?? all[0])?.value ?? "";
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name = "", value = ""]) => [name.toLowerCase(), unescaped(value)]));
}

function unescaped(text: string): string {
  const SIGNS: Record<string, string> = { quot: '"', amp: "&", lt: "<", gt: ">", "#x27": "'" };
  return text.replace(/&(quot|amp|lt|gt|#x27);/g, (_all, sign: string) => SIGNS[sign] ?? "");
}
