import { match, replay, setAside } from "#app/(dashboard)/dashboard/notifications/[id]/actions.ts";
import type { Screen } from "#app/(dashboard)/screen.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { CandidateLine } from "#components/dashboard/inbox-choice.tsx";
import { ReasonForm } from "#components/dashboard/reason-form.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { db } from "#db/client.ts";
import { type OrderChoice, ordersByNumber, ordersOfAmount } from "#db/queries/dashboard-inbox.ts";
import type { Money } from "#lib/domain/money.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { Reopened } from "#lib/payments/reopen-notification.ts";

interface Props {
  screen: Extract<Screen, { kind: "ok" }>;
  words: Translator<"inbox">;
  found: Reopened;
  /** What the message says was paid; null where it says no amount. */
  said: Money | null;
  /** It waits for an order, or for somebody to say that it has been dealt with. */
  orphan: boolean;
  waiting: boolean;
  find: string;
}

/** What a person may do about a notification: match an orphan, work it through again, set it aside; each with a reason. */
export async function Decide(props: Props) {
  const { screen, words, found, orphan, waiting } = props;
  const { row } = found;
  const common = {
    hidden: { merchant: screen.merchant.id, notification: row.id },
    words: { reason: words("decide.reason"), reasonHint: words("decide.reasonHint"), busy: screen.t("common.working") },
  };
  const aboutPayout = found.reading.kind === "payout";
  const asideWords = row.verdict === "orphan" ? ("decide.aside" as const) : ("decide.decided" as const);
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3" aria-labelledby="decide">
      <h2 id="decide" className="font-semibold">
        {words("decide.title")}
      </h2>
      {orphan ? <MatchForm {...props} common={common} /> : null}
      <Panel title={words("decide.replay")} lead={words(aboutPayout ? "decide.replayPayoutLead" : "decide.replayLead")}>
        <ReasonForm id="replay" submit={replay} {...common} look="secondary" words={{ ...common.words, yes: words("decide.replayYes") }} />
      </Panel>
      {waiting ? (
        <Panel title={words(asideWords)} lead={words(`${asideWords}Lead`)}>
          <ReasonForm
            id="aside"
            submit={setAside}
            {...common}
            look="secondary"
            words={{ ...common.words, yes: words(`${asideWords}Yes`) }}
          />
        </Panel>
      ) : null}
    </section>
  );
}

type Common = Pick<Parameters<typeof ReasonForm>[0], "hidden"> & { words: { reason: string; reasonHint: string; busy: string } };

async function MatchForm({ screen, words, found, said, find, common }: Props & { common: Common }) {
  const { t, merchant, user, locale } = screen;
  const { row, account } = found;
  const orders = find
    ? await ordersByNumber(db(), merchant.id, find)
    : said && account
      ? await ordersOfAmount(db(), merchant.id, said, account.live, row.receivedAt)
      : [];
  const fitOf = (order: OrderChoice) => ({
    amount: said === null || (order.amount === said.minor && order.currency === said.currency),
    mode: order.live === account?.live,
    account: order.accountId === null || order.accountId === row.accountId,
  });
  const choices = orders.map((order) => {
    const fit = fitOf(order);
    const content = (
      <CandidateLine key={order.id} t={t} words={words} order={order} fit={fit} reading={{ locale, timeZone: merchant.timeZone }} />
    );
    return { value: order.id, disabled: !fit.mode || !fit.account, content };
  });
  const [only] = choices;
  return (
    <div className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`}>
      <div className="grid gap-1">
        <h3 className="font-medium">{words("decide.match")}</h3>
        <p className="max-w-prose text-sm break-words text-ink-soft">{words("decide.matchLead", { number: row.gatewayOrderNo })}</p>
      </div>
      <form method="get" className="flex flex-wrap items-end gap-2">
        <div className="min-w-0 flex-1 basis-56">
          <Field id="find" label={words("decide.find")}>
            <input
              {...tie("find", {})}
              name="find"
              type="search"
              defaultValue={find}
              maxLength={128}
              autoComplete="off"
              className={INPUT}
            />
          </Field>
        </div>
        <button type="submit" className={BUTTON.secondary}>
          {words("decide.search")}
        </button>
      </form>
      {choices.length === 0 ? (
        <p role="status" className="text-sm text-ink-soft">
          {find ? words("decide.foundNone", { merchant: merchant.name }) : words("decide.noneSuggested")}
        </p>
      ) : (
        <ReasonForm
          id="match"
          submit={match}
          hidden={common.hidden}
          choices={choices}
          first={choices.length === 1 && only && !only.disabled ? only.value : ""}
          confirm={confirmView(user, locale)}
          words={{
            ...common.words,
            yes: words("decide.matchYes"),
            choice: words(find ? "decide.choose" : "decide.suggested"),
          }}
        />
      )}
    </div>
  );
}

function Panel({ title, lead, children }: { title: string; lead: string; children: React.ReactNode }) {
  return (
    <details className="group/panel rounded-card border border-line bg-surface">
      <summary className="flex min-h-11 list-none items-center gap-2 px-4 text-sm font-medium sm:px-5 [&::-webkit-details-marker]:hidden">
        <Icon name="chevron" className="size-4 text-ink-soft group-open/panel:rotate-90" />
        {title}
      </summary>
      <div className="grid gap-4 border-t border-line p-4 sm:p-5">
        <p className="max-w-prose text-sm text-ink-soft">{lead}</p>
        {children}
      </div>
    </details>
  );
}
