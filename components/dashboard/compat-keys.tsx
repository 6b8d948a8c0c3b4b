import { type CompatFormState, type CompatWords, RollForm } from "#components/dashboard/compat-form.tsx";
import type { ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { Fold, Raw } from "#components/dashboard/fold.tsx";
import { Moment, type Reading } from "#components/dashboard/moment.tsx";
import { CARD } from "#components/ui/card.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { type Outcome, OutcomeForm } from "#components/ui/outcome-form.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

/** A key without its secrets. */
export interface ShownKey {
  id: string;
  gateway: string;
  gatewayTitle: string;
  live: boolean;
  address: string;
  numbers: readonly (readonly [name: string, number: string])[];
  /** Where its shoppers are sent to be known by openid; null when it has no such page. */
  container: string | null;
  gatewayKey: string | null;
  signsByRsa: boolean;
  accountTitle: string | null;
  createdAt: Date;
  rolledAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

interface Actions {
  roll: (before: CompatFormState, form: FormData) => Promise<CompatFormState>;
  revoke: (before: Outcome | null, form: FormData) => Promise<Outcome>;
}

/** A merchant's compatibility keys; `actions` is null for who may only look. */
export function CompatKeys(props: {
  t: Translator<"compat">;
  common: { live: string; test: string };
  keys: readonly ShownKey[];
  merchantId: string;
  reading: Reading;
  confirm: ConfirmView;
  words: CompatWords;
  actions: Actions | null;
}) {
  const { t, common, keys, merchantId, reading, confirm, words, actions } = props;
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {keys.map((key) => (
        <li key={key.id} className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-3`}>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="font-semibold">
              {key.gatewayTitle} <span className="font-mono text-xs font-normal text-ink-soft">{key.gateway}</span>
            </h3>
            <Badge tone={key.live ? "good" : "wait"}>{key.live ? common.live : common.test}</Badge>
            <Dot tone={key.revokedAt ? "quiet" : "good"}>{t(key.revokedAt ? "list.revoked" : "list.works")}</Dot>
          </div>
          <Numbers t={t} shown={key} reading={reading} />
          {key.revokedAt ? null : (
            <Fold title={t("list.more")}>
              {key.gatewayKey ? <Raw label={words.gatewayKey} text={key.gatewayKey} /> : null}
              {actions ? (
                <div className="grid items-start gap-4 pt-2 md:grid-cols-2">
                  <RollForm
                    submit={actions.roll}
                    merchantId={merchantId}
                    keyId={key.id}
                    signsByRsa={key.signsByRsa}
                    text={t("list.rollText")}
                    button={t("list.roll")}
                    busy={t("list.rollBusy")}
                    confirm={confirm}
                    words={words}
                  />
                  <div className="grid gap-3">
                    <p className="text-sm text-ink-soft">{t("list.revokeText")}</p>
                    <OutcomeForm
                      submit={actions.revoke}
                      hidden={{ merchant: merchantId, key: key.id }}
                      look="danger"
                      busy={t("list.revokeBusy")}
                    >
                      {t("list.revokeButton")}
                    </OutcomeForm>
                  </div>
                </div>
              ) : null}
            </Fold>
          )}
        </li>
      ))}
    </ul>
  );
}

function Numbers({ t, shown, reading }: { t: Translator<"compat">; shown: ShownKey; reading: Reading }) {
  const container = shown.container ? [[t("list.container"), shown.container] as const] : [];
  const copied = [[t("once.address"), shown.address] as const, ...shown.numbers, ...container];
  return (
    <dl className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
      {copied.map(([name, text]) => (
        <div key={name} className="contents">
          <dt className="pt-1 text-ink-soft">{name}</dt>
          <dd className="flex min-w-0 items-center gap-1">
            <span className="min-w-0 font-mono text-[13px] break-all">{text}</span>
            <CopyButton text={text} label={`${t("once.copy")}: ${name}`} done={t("once.copied")} />
          </dd>
        </div>
      ))}
      <Row name={t("list.through")}>{shown.accountTitle ?? t("new.anyAccount")}</Row>
      <Row name={t("list.created")}>
        <Moment at={shown.createdAt} reading={reading} />
      </Row>
      {shown.rolledAt ? (
        <Row name={t("list.rolled")}>
          <Moment at={shown.rolledAt} reading={reading} />
        </Row>
      ) : null}
      <Row name={t("list.used")}>{shown.lastUsedAt ? <Moment at={shown.lastUsedAt} reading={reading} /> : t("list.never")}</Row>
      {shown.revokedAt ? (
        <Row name={t("list.revoked")}>
          <Moment at={shown.revokedAt} reading={reading} />
        </Row>
      ) : null}
    </dl>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-ink-soft">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
