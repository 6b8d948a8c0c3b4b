import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { notFound } from "next/navigation";
import { Broken } from "#components/checkout/broken.tsx";
import { Checkout } from "#components/checkout/checkout.tsx";
import { askedOffer, canChoose, type Scene } from "#components/checkout/scene.ts";
import { currentShopper } from "#lib/action.ts";
import { env, sandboxOn } from "#lib/env.ts";
import { formatMoney } from "#lib/i18n/format.ts";
import { translator } from "#lib/i18n/translator.ts";
import { openidFromCookies } from "#lib/payments/openid.ts";
import { problemFrom, type Query } from "#lib/problem-address.ts";
import { cancelAction, paidAction, startAction } from "./actions.ts";
import { checkoutOf, localeOfCheckout } from "./read.ts";

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<Query>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params;
  const view = await checkoutOf(token);
  const locale = await localeOfCheckout(token);
  const t = translator(locale, "checkout");
  if (!view || view === "broken") return { title: t(view ? "error.title" : "not_found.title"), robots: { index: false } };
  return {
    title: t("page.title", { amount: formatMoney(view.amount, locale), merchant: view.merchant.name }),
    robots: { index: false, follow: false },
  };
}

/** The hosted checkout. Reads and branches; a GET starts nothing (design.md, the core). */
export default async function Page({ params, searchParams }: Props) {
  const [{ token }, query] = await Promise.all([params, searchParams]);
  const view = await checkoutOf(token);
  if (!view) notFound();
  if (view === "broken") return <Broken locale={await localeOfCheckout(token)} />;
  const shopper = await currentShopper(view.locale);
  const ask = askedOffer(view, query.ask);
  const choosing = (query.choose === "1" || query.ask !== undefined) && canChoose(view);
  const scene: Scene = {
    view,
    showing: ask ? "ask" : choosing ? "choose" : view.view,
    ask,
    locale: shopper.locale,
    t: translator(shopper.locale, "checkout"),
    go: query.go === "1",
    asked: query.asked === "1",
    problem: problemFrom(query),
    sandbox: sandboxOn(),
    browser: shopper.browser,
    nonce: (await headers()).get("x-nonce") ?? undefined,
    desktop: shopper.browser === "desktop" || shopper.browser === "tablet",
    pageUrl: `${env().PUBLIC_URL}/pay/${token}`,
    startKey: view.soleMethod === "wechat.jsapi" && (await openidFromCookies(await cookies(), token)) ? "openid" : "",
    forms: { start: startAction, paid: paidAction, cancel: cancelAction },
  };
  return <Checkout scene={scene} />;
}
