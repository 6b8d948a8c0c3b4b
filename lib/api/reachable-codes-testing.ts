import { existsSync, globSync, readFileSync } from "node:fs";
import { type ApiCode, isApiCode } from "#lib/api/problems.ts";

/**
 * Which codes can come out of an operation, read from the source: from the operation's declaration every declaration that it names, and
 * those that they name, over imports, is looked through for problem codes. Types do not tell (a `Result` may hold any problem), and a
 * compiler's call graph would not either: codes also stand in tables. It finds too much rather than too little.
 */
interface Declaration {
  file: string;
  name: string;
  text: string;
}

/** Our files begin every declaration at the start of a line (biome sees to it). */
const BEGINS = /^(?:export )?(?:async )?(?:function|const|class) (\w+)/;
const MONEY = ["amount_format", "amount_places", "amount_range"] as const;

const files = new Map<string, { declarations: Map<string, Declaration>; imported: Map<string, { file: string; name: string }> }>();

function readSource(file: string) {
  const known = files.get(file);
  if (known) return known;
  const source = readFileSync(file, "utf8")
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/^\s*\/\/.*$/gm, "");
  const imported = new Map<string, { file: string; name: string }>();
  for (const [, names = "", from = ""] of source.matchAll(/^import \{([^}]*)\} from "#([^"]+)";/gm)) {
    for (const one of names.split(",").map((text) => text.trim())) {
      const [name = "", as = name] = one.split(" as ");
      if (name !== "" && !name.startsWith("type ") && !ELSEWHERE.test(from) && existsSync(from)) imported.set(as, { file: from, name });
    }
  }
  const declarations = new Map<string, Declaration>();
  let open: Declaration | null = null;
  for (const line of source.split("\n")) {
    const name = BEGINS.exec(line)?.[1];
    if (name) {
      open = { file, name, text: "" };
      declarations.set(name, open);
    } else if (/^(?:import|export|interface|type|declare) /.test(line)) open = null;
    if (open) open.text += `${line}\n`;
  }
  const read = { declarations, imported };
  files.set(file, read);
  return read;
}

/** Rows, and the gateways' own words: nothing there is answered as it stands. What settles an attempt writes its row's `problem`. */
const ELSEWHERE = /^(?:db|lib\/gateways)\/|^lib\/payments\/(?:settle|close)-attempt\.ts$/;

/** What a declaration names: others of its file, and what its file imports. Never another operation. */
function namedBy({ file, text }: Declaration): Declaration[] {
  const { declarations, imported } = readSource(file);
  const names = new Set(text.match(/(?<![.\w])[A-Za-z_]\w*(?!:)\b/g));
  return [...names].flatMap((name) => {
    const place = imported.get(name);
    const found = declarations.get(name) ?? (place && readSource(place.file).declarations.get(place.name));
    // What maps codes names one that it gives only for another.
    return found && !isOperation(found) && name !== "wireCode" ? [found] : [];
  });
}

function isOperation({ text }: Declaration): boolean {
  return /\boperation\(\{/.test(text) && !text.includes("export function operation");
}

/** Codes in quotes where one may be given away: not those that are compared with, listed as an operation's own, or kept in a row. */
function codesIn({ text }: Declaration): ApiCode[] {
  const given = text.replaceAll(/problems: [\s\S]*?\],?\n/g, "").replaceAll(/(?:[!=]==|problem =|kind:|outcome\() "\w+"/g, "");
  const codes = [...given.matchAll(/"(\w+)"/g)].map(([, code = ""]) => code).filter(isApiCode);
  return [...codes, ...(given.includes("`amount_${") ? MONEY : [])];
}

/** Every operation's codes with the declaration each was found in, `lib/payments/x.ts openX`. */
export function reachableCodes(id: string): Map<ApiCode, string> {
  const [group = ""] = id.split(".");
  const all = globSync("lib/api/operations/*.ts").flatMap((file) => [...readSource(file).declarations.values()]);
  const start = all.find(({ text }) => text.includes(`id: "${id}"`)) ?? all.find(({ text }) => text.includes(`id: \`${group}.\${`));
  if (!start) throw new Error(`no declaration of ${id}`);
  const seen = new Set<Declaration>([start]);
  const found = new Map<ApiCode, string>();
  for (const one of seen) {
    for (const code of codesIn(one)) if (!found.has(code)) found.set(code, `${one.file} ${one.name}`);
    for (const next of namedBy(one)) seen.add(next);
  }
  return found;
}
