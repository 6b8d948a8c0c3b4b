import { setTimeout as pause } from "node:timers/promises";
import { type Browser, fact, formsOf, linksOf, type Page } from "./browser.ts";
import type { Visit } from "./check.ts";
import type { Chance } from "./random.ts";

export interface Crowd {
  /** The link's page, e.g. `/l/chaos`; it asks for an amount. */
  link: string;
  /** Ends every wait: the run has taken too long. */
  signal: AbortSignal;
  /** What went wrong and was tried again, counted by word. */
  troubles: Map<string, number>;
}

/** Ways to pay that give a code for the wallet's scanner. */
const SCANNED = ["wechat.native", "alipay.qr"];
/** After so long before a spinner a shopper tries another way. */
const PATIENCE_MS = 4000;

/** Something a person sees go wrong: they try again. The message is a word for the statistics. */
class Trouble extends Error {}

/** One shopper, from the link to the wallet. Whatever fails is tried again until it works: the server is killed all the time. */
export async function visit(browser: Browser, crowd: Crowd, choices: Chance, record: Visit): Promise<void> {
  const again = <T>(step: () => Promise<T>): Promise<T> => insist(step, crowd, choices);
  const link = await again(() => seen(browser.open(crowd.link)));
  const [form] = formsOf(link.html);
  if (!form) throw new Error("the link's page has no form");
  record.key = form.fields.find(([name]) => name === "key")?.[1] ?? "";
  const amount = `${choices.between(1, 300)}.${String(choices.between(0, 99)).padStart(2, "0")}`;
  const send = async (): Promise<string> => {
    const page = await seen(browser.submit(link, form, { amount }));
    const token = fact(page.html, "token");
    if (!token) throw new Trouble(`no checkout: ${new URL(page.address, browser.origin).searchParams.get("problem") ?? page.status}`);
    record.tokens.add(token);
    return token;
  };
  const doubleClick = choices.happens(0.15) ? send().catch(() => {}) : null;
  const token = await again(send);
  await doubleClick;
  if (choices.happens(0.1)) record.tokens.add(await again(send)); // pressed "back" and sent the form again
  const codes = await wayToPay(browser, choices, again, token, record.wants === "pay twice" ? SCANNED : [choices.pick(SCANNED) ?? ""]);
  if (record.wants === "walk away" || choices.happens(0.1)) await again(() => control(browser, codes[0] ?? "", "forge"));
  if (record.wants === "walk away") return;
  for (const code of codes) {
    const faults = [{ fault: "notice_duplicate", seconds: null }];
    await again(() => control(browser, code, "pay", { shopper: record.key, faults }));
    record.paid.add(code);
  }
  if (choices.happens(0.3)) await again(() => seen(browser.open(`/pay/${token}/return`)));
}

/** Chooses ways until there are codes to scan; a way that hangs is left for the other one. */
async function wayToPay(
  browser: Browser,
  choices: Chance,
  again: <T>(step: () => Promise<T>) => Promise<T>,
  token: string,
  methods: readonly string[],
): Promise<string[]> {
  const codes: string[] = [];
  for (const wished of methods) {
    let method = wished;
    let since = performance.now();
    // The page stays open while the server is away: only the button is pressed again.
    let page: Page | null = null;
    const press = async (): Promise<string> => {
      if (performance.now() - since > PATIENCE_MS && methods.length === 1) {
        method = SCANNED.find((other) => other !== method) ?? method;
        since = performance.now();
      }
      page ??= await seen(browser.open(`/pay/${token}?choose=1`));
      const view = fact(page.html, "view");
      const form = formsOf(page.html).find((one) => one.buttons.some(({ value }) => value === method));
      const shown = form && (await seen(browser.submit(page, form, { method })));
      page = null;
      if (!shown) throw new Trouble(`no button: ${view}`);
      const code = scanCode(shown);
      if (!code) throw new Trouble(`no code: ${fact(shown.html, "view")} ${fact(shown.html, "detail")}`);
      return code;
    };
    codes.push(await again(press));
    await pause(choices.between(0, 200));
  }
  return codes;
}

/** What the wallet's scanner would read off the page: the sandbox's banner links to the wallet with it. */
function scanCode(page: Page): string | null {
  const door = linksOf(page.html).find((href) => href.startsWith("/sandbox/wallet/scan?"));
  const text = door && new URL(door, "http://localhost").searchParams.get("code");
  return (text && /[0-9a-z]{20,64}$/.exec(text)?.[0]) || null;
}

/** The other company's counter. A payment that is paid already was paid by the try whose answer never came. */
async function control(browser: Browser, code: string, verb: "pay" | "forge", body: object = {}): Promise<void> {
  const answer = await fetch(`${browser.origin}/sandbox/control/payments/${code}/${verb}`, {
    method: "POST",
    headers: { ...browser.headers, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(8000),
  });
  const { problem } = (await answer.json()) as { problem?: string };
  if (answer.status === 200 || problem === "paid") return;
  throw new Trouble(`wallet: ${problem ?? answer.status}`);
}

/** A page that is one: a server that is going down answers with errors. */
async function seen(loading: Promise<Page>): Promise<Page> {
  const page = await loading;
  if (page.status !== 200) throw new Trouble(`status ${page.status}`);
  return page;
}

async function insist<T>(step: () => Promise<T>, { signal, troubles }: Crowd, choices: Chance): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await step();
    } catch (error) {
      const word = error instanceof Trouble ? error.message : "no answer";
      troubles.set(word, (troubles.get(word) ?? 0) + 1);
    }
    await pause(choices.between(100, 500), null, { signal });
  }
}
