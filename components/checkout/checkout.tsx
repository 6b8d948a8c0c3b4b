import type { ReactNode } from "react";
import { Ask } from "#components/checkout/ask.tsx";
import { BrandColours } from "#components/checkout/brand-colours.tsx";
import { Choose } from "#components/checkout/choose.tsx";
import { Cancelled, Expired } from "#components/checkout/ended.tsx";
import { Failed } from "#components/checkout/failed.tsx";
import { Footer } from "#components/checkout/footer.tsx";
import { TokenForm } from "#components/checkout/form.tsx";
import { Paid } from "#components/checkout/paid.tsx";
import { ProblemNote } from "#components/checkout/problem-note.tsx";
import { Processing } from "#components/checkout/processing.tsx";
import { SandboxBanner } from "#components/checkout/sandbox-banner.tsx";
import { canChoose, type Scene, type Showing } from "#components/checkout/scene.ts";
import { Spoken } from "#components/checkout/spoken.tsx";
import { Summary } from "#components/checkout/summary.tsx";
import { Waiting } from "#components/checkout/waiting.tsx";

// One component a view; the page branches nowhere else.
const VIEW_PARTS: Record<Showing, (props: { scene: Scene }) => ReactNode> = {
  ask: Ask,
  choose: Choose,
  waiting: Waiting,
  processing: Processing,
  paid: Paid,
  failed: Failed,
  expired: Expired,
  cancelled: Cancelled,
};

/** The whole checkout page of one order: the order's side, and the side of what to do now. */
export function Checkout({ scene }: { scene: Scene }) {
  const { view, showing, t, locale } = scene;
  // A code that ran out is drawn the same wherever the order stands: get a new one.
  const Part = view.detail === "qr_expired" && showing === "failed" ? Failed : VIEW_PARTS[showing];
  return (
    <div className="page">
      <BrandColours brand={view.merchant.brand} nonce={scene.nonce} />
      {!view.live && <SandboxBanner scene={scene} />}
      <main
        className="panes"
        data-view={showing}
        data-detail={detailOf(scene)}
        data-state={`${view.view} ${view.detail} ${view.sequence}`}
        data-token={view.token}
        data-order={view.orderId}
        data-browser={scene.browser}
        aria-labelledby="state"
      >
        <Summary scene={scene} />
        <section className="action" aria-labelledby="state">
          <Spoken className="note note-warn" id="offline" data-words={t("offline.words")} />
          <Noted scene={scene} />
          <Part scene={scene} />
          {canChoose(view) && showing !== "ask" && view.returnUrl && (
            <TokenForm action={scene.forms.cancel} token={view.token} className="cancel">
              <button type="submit" className="quiet" suppressHydrationWarning>
                {t("cancel.action")}
              </button>
            </TokenForm>
          )}
        </section>
        <Spoken className="visually-hidden" id="announce" aria-live="polite" />
      </main>
      <Footer locale={locale} t={t} contact={view.merchant.brand.supportContact} keep={keptQuery(scene)} />
    </div>
  );
}

/** What went wrong just now. A failed try and the questions say it themselves; a paid order has nothing wrong with it. */
function Noted({ scene }: { scene: Scene }) {
  const { problem, showing, t, locale, view } = scene;
  if (!problem || showing === "failed" || (showing === "ask" && problem.field)) return null;
  if (view.view === "paid" && problem.code === "order_not_open") {
    return (
      <p className="note" role="status">
        {t("paid.already")}
      </p>
    );
  }
  return <ProblemNote problem={problem} locale={locale} />;
}

function detailOf({ showing, view, ask }: Scene): string {
  if (showing === "ask") return ask?.asks[0] ?? "choose";
  return showing === view.view ? view.detail : "choose";
}

/** The part of the query that another language's page must have as well. */
function keptQuery({ showing, view, ask }: Scene): string {
  if (showing === "ask" && ask) return `&ask=${ask.method}`;
  return showing === view.view ? "" : "&choose=1";
}
