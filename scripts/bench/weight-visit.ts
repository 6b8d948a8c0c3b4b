import type { Browser, CDPSession, Page } from "@playwright/test";
import { KINDS, type Kind, kindOf, writtenIn } from "./weight-budgets.ts";
import { DEVICES, type WeightScene } from "./weight-scenes.ts";

/** The network and processor that the peers were measured with (peers.md): 1.6 Mbit/s, 150 ms, a quarter of the speed. */
export const SLOW = { downloadBitsPerSecond: 1_600_000, uploadBitsPerSecond: 750_000, latencyMs: 150, cpuTimes: 4 } as const;

const LIMIT_MS = 30_000;
/** After the load nothing may be asked for so long before the visit counts as over. */
const QUIET_MS = 600;

/** One visit with an empty cache. Times are milliseconds since the navigation began. */
export interface Visit {
  /** As they came over the wire, headers included. */
  wire: Record<Kind, number>;
  requests: number;
  thirdParty: string[];
  /** Content-Encoding of the document. */
  encoding: string;
  /** Compressed body of the document, without headers. */
  htmlBody: number;
  written: { css: number; script: number };
  fcpMs: number;
  lcpMs: number;
  cls: number;
  /** What jumped, as far as the browser can tell. */
  moved: string[];
  visibleMs: number;
  /** When the wallet's bridge was asked to pay; null where it is not. */
  bridgeMs: number | null;
}

interface Marks {
  lcp: number;
  cls: number;
  moved: string[];
  visible: number;
  bridge: number;
}

/** Opens `address` as the scene's shopper does, in a context of its own. Throws when it is not the scene's page. */
export async function visit(browser: Browser, scene: WeightScene, address: string): Promise<Visit> {
  const context = await browser.newContext({ ...DEVICES[scene.device], hasTouch: scene.device !== "desktop", locale: "zh-CN" });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await slowDown(session);
    const wire = await follow(session, new URL(address).origin);
    await page.addInitScript(observe, scene.target);
    const answer = await page.goto(address, { waitUntil: "load", timeout: LIMIT_MS });
    await page.waitForFunction(
      (callsBridge) => {
        const { marks } = window as unknown as { marks: Marks };
        return marks.visible > 0 && marks.lcp > 0 && (!callsBridge || marks.bridge > 0);
      },
      scene.callsBridge ?? false,
      { timeout: LIMIT_MS },
    );
    await wire.quiet();
    await expectScene(page, scene);
    const html = (await answer?.text()) ?? "";
    return { ...wire.seen(), written: writtenIn(html), ...(await timesOf(page)) };
  } finally {
    await context.close();
  }
}

async function slowDown(session: CDPSession): Promise<void> {
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: SLOW.latencyMs,
    downloadThroughput: SLOW.downloadBitsPerSecond / 8,
    uploadThroughput: SLOW.uploadBitsPerSecond / 8,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW.cpuTimes });
}

/** Adds up what the page loads. The live stream never ends by itself, and is counted by what has come. */
async function follow(session: CDPSession, origin: string) {
  const kinds = new Map<string, Kind>();
  const wire = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  const thirdParty: string[] = [];
  let [last, htmlHead, encoding, documentId] = [performance.now(), 0, "", ""];
  session.on("Network.requestWillBeSent", ({ requestId, request, type }) => {
    if (/^(data|blob):/.test(request.url)) return;
    last = performance.now();
    const kind = kindOf(request.url, type ?? "Other", origin);
    kinds.set(requestId, kind);
    if (kind === "thirdParty") thirdParty.push(request.url);
    if (kind === "html") documentId ||= requestId;
  });
  session.on("Network.responseReceived", ({ requestId, response }) => {
    if (requestId !== documentId) return;
    htmlHead = response.encodedDataLength;
    encoding = header(response.headers, "content-encoding");
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    last = performance.now();
    const kind = kinds.get(requestId);
    if (kind) wire[kind] += encodedDataLength;
  });
  const quiet = async (): Promise<void> => {
    while (performance.now() - last < QUIET_MS) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const seen = () => ({ wire, requests: kinds.size, thirdParty, encoding, htmlBody: wire.html - htmlHead });
  return { quiet, seen };
}

function header(headers: Record<string, string>, name: string): string {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? "";
}

/** Runs in the page before anything of ours: what is painted when, and WeChat's bridge, which is never answered. */
function observe(target: string): void {
  const marks = { lcp: 0, cls: 0, moved: [] as string[], visible: 0, bridge: 0 };
  const bridge = { invoke: () => (marks.bridge ||= performance.now()) };
  Object.assign(window, { marks, WeixinJSBridge: bridge });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) marks.lcp = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as unknown as { value: number; sources: { node: Node | null }[] }[]) {
      marks.cls += entry.value;
      for (const { node } of entry.sources) {
        const element = node instanceof Element ? node : node?.parentElement;
        marks.moved.push(`${element?.tagName.toLowerCase()}.${element?.getAttribute("class") ?? element?.id}`);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
  const look = (): void => {
    const box = document.querySelector(target)?.getBoundingClientRect();
    const shown = box && box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0;
    // What is there in this frame is on the screen by the next one.
    if (shown) requestAnimationFrame(() => (marks.visible = performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function expectScene(page: Page, { name, view, detail }: WeightScene): Promise<void> {
  const main = page.locator("main[data-view]");
  const [isView, isDetail] = [await main.getAttribute("data-view"), await main.getAttribute("data-detail")];
  if (isView !== view || (detail && isDetail !== detail)) throw new Error(`${name}: the page is ${isView} ${isDetail}, not ${view}`);
}

async function timesOf(page: Page): Promise<Pick<Visit, "fcpMs" | "lcpMs" | "cls" | "moved" | "visibleMs" | "bridgeMs">> {
  return page.evaluate(() => {
    const { marks } = window as unknown as { marks: Marks };
    const fcp = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    const whole = (value: number): number => Math.round(value);
    return {
      fcpMs: whole(fcp),
      lcpMs: whole(marks.lcp),
      cls: Math.round(marks.cls * 10_000) / 10_000,
      moved: marks.moved,
      visibleMs: whole(marks.visible),
      bridgeMs: marks.bridge > 0 ? whole(marks.bridge) : null,
    };
  });
}
