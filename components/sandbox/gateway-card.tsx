import type { Translator } from "#lib/i18n/translator.ts";
import type { DescribedGateway } from "#lib/sandbox/gateway-listing.ts";

/** One simulated gateway: what it is, where it is, when it tells, and its accounts. */
export function GatewayCard({ t, gateway }: { t: Translator<"sandbox">; gateway: DescribedGateway }) {
  const { id, baseUrl, retrySeconds, successWord, appId, wechatApp, holdings, accounts } = gateway;
  const rows: [name: string, value: string | null, words?: true][] = [
    [t("console.baseUrl"), baseUrl],
    ...accounts.flatMap(({ callerNo, merchantNo }): [string, string | null][] => [
      [t("console.caller"), callerNo],
      [t("console.merchant"), merchantNo === callerNo ? null : merchantNo],
    ]),
    [t("console.appId"), appId],
    [t("console.page"), accounts[0]?.pageUrl ?? null],
    [t("console.wechatApp"), wechatApp && `${wechatApp.appId}: ${t("console.domains", { domains: wechatApp.domains.join(", ") })}`],
    [
      t("console.schedule"),
      retrySeconds ? t("console.waits", { waits: waitsOf(retrySeconds), word: successWord }) : t("console.notServed"),
      true,
    ],
    [t("console.holdings"), holdings && t("console.held", { available: `¥${holdings.available}`, frozen: `¥${holdings.frozen}` }), true],
  ];
  const publicKey = accounts.find((account) => account.gatewayPublicKey)?.gatewayPublicKey;
  return (
    <article className="card" aria-labelledby={`gateway-${id}`} data-gateway={id}>
      <h3 id={`gateway-${id}`}>
        {t(`gateway.${id}.name`)} <code>{id}</code>
      </h3>
      <p className="soft">{t(`gateway.${id}.what`)}</p>
      {accounts.length === 0 ? <p className="empty">{t("console.noAccounts")}</p> : null}
      <dl className="facts">
        {rows.flatMap(([name, value, words]) =>
          value === null
            ? []
            : [
                <dt key={`${name}-name`}>{name}</dt>,
                <dd key={name} className={words ? "number" : "mono"}>
                  {value}
                </dd>,
              ],
        )}
      </dl>
      {publicKey ? (
        <details>
          <summary>{t("console.publicKey")}</summary>
          <pre>{publicKey}</pre>
        </details>
      ) : null}
    </article>
  );
}

/** `4 × 60 s, 2 h`: equal waits in a row are counted. */
function waitsOf(seconds: readonly number[]): string {
  const runs: { wait: number; times: number }[] = [];
  for (const wait of seconds) {
    const last = runs.at(-1);
    if (last?.wait === wait) last.times += 1;
    else runs.push({ wait, times: 1 });
  }
  return runs.map(({ wait, times }) => (times === 1 ? duration(wait) : `${times} × ${duration(wait)}`)).join(", ");
}

function duration(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 && seconds >= 600 ? `${seconds / 60} min` : `${seconds} s`;
}
