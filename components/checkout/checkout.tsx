import type { ReactNode } from "react";
import { Choose } from "#components/checkout/choose.tsx";
import { Cancelled, Expired } from "#components/checkout/ended.tsx";
import { Failed } from "#components/checkout/failed.tsx";
import { Footer } from "#components/checkout/footer.tsx";
import { TokenForm } from "#components/checkout/form.tsx";
import { Paid } from "#components/checkout/paid.tsx";
import { ProblemNote } from "#components/checkout/problem-note.tsx";
import { Processing } from "#components/checkout/processing.tsx";
import { SandboxBanner } from "#components/checkout/sandbox-banner.tsx";
import { canChoose, type Scene } from "#components/checkout/scene.ts";
import { Spoken } from "#components/checkout/spoken.tsx";
import { Summary } from "#components/checkout/summary.tsx";
import { Waiting } from "#components/checkout/waiting.tsx";
import type { View } from "#lib/payments/checkout-view.ts";

// One component a view; the page branches nowhere else.
const VIEW_PARTS: Record<View, (props: { scene: Scene }) => ReactNode> = {
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
  const Part = view.detail === "qr_expired" && showing !== "choose" ? Failed : VIEW_PARTS[showing];
  const explained = showing === "failed";
  return (
    <div className="page">
      {!view.live && <SandboxBanner scene={scene} />}
      <main
        className="panes"
        data-view={showing}
        data-detail={showing === view.view ? view.detail : "choose"}
        data-state={`${view.view} ${view.detail} ${view.sequence}`}
        data-token={view.token}
        aria-labelledby="state"
      >
        <Summary scene={scene} />
        <section className="action" aria-labelledby="state">
          <Spoken className="note note-warn" id="offline" data-words={t("offline.words")} />
          {scene.problem && !explained && <ProblemNote problem={scene.problem} locale={locale} />}
          <Part scene={scene} />
          {canChoose(view) && view.returnUrl && (
            <TokenForm action={scene.forms.cancel} token={view.token} className="cancel">
              <button type="submit" className="quiet" suppressHydrationWarning>
                {t("cancel.action")}
              </button>
            </TokenForm>
          )}
        </section>
        <Spoken className="visually-hidden" id="announce" aria-live="polite" />
      </main>
      <Footer locale={locale} t={t} contact={view.merchant.brand.supportContact} keep={showing === view.view ? "" : "&choose=1"} />
    </div>
  );
}
