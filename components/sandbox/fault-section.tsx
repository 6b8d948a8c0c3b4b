import { ActButton } from "#components/sandbox/shell.tsx";
import type { Translator } from "#lib/i18n/translator.ts";
import { FAULT_IDS, isFault } from "#lib/sandbox/faults.ts";
import type { GatewayId } from "#lib/sandbox/gateways.ts";

interface Armed {
  id: number;
  fault: string;
  target: "payment" | "request";
  gateway: string | null;
  path: string | null;
  seconds: number | null;
  usedAt: Date | null;
  usedFor: string | null;
}

const PROBLEMS = ["fault", "fault_not_for_requests", "fault_not_for_gateway", "unknown_gateway"] as const;

/** Arming faults, what lies in wait, and what each fault does. */
export function FaultSection(props: {
  t: Translator<"sandbox">;
  armed: readonly Armed[];
  problem: string;
  gateways: readonly GatewayId[];
}) {
  const { t, armed, problem, gateways } = props;
  const known = PROBLEMS.find((one) => one === problem) ?? null;
  return (
    <section aria-labelledby="faults">
      <h2 id="faults">{t("console.faults")}</h2>
      <p className="soft">{t("console.faultsLead")}</p>
      {known ? (
        <p className="alert" role="alert">
          {t(`console.problem.${known}`)}
        </p>
      ) : null}
      <form method="post" action="/sandbox/act" className="card arm">
        <label>
          {t("console.fault")}
          <select name="fault">
            {FAULT_IDS.map((id) => (
              <option key={id} value={id}>
                {t(`fault.${id}.title`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t("console.target")}
          <select name="target">
            <option value="payment">{t("console.targetPayment")}</option>
            <option value="request">{t("console.targetRequest")}</option>
          </select>
        </label>
        <label>
          {t("console.gateway")}
          <select name="gateway">
            <option value="">{t("console.anyGateway")}</option>
            {gateways.map((id) => (
              <option key={id} value={id}>
                {t(`gateway.${id}.name`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t("console.path")}
          <input name="path" placeholder={t("console.pathHint")} maxLength={100} />
        </label>
        <label>
          {t("console.seconds")}
          <input name="seconds" inputMode="numeric" pattern="\d{0,3}" maxLength={3} size={4} />
        </label>
        <button type="submit" name="do" value="arm" className="button button-strong">
          {t("console.arm")}
        </button>
      </form>
      <ArmedList t={t} armed={armed} />
      <details className="card">
        <summary>{t("console.catalogue")}</summary>
        <dl className="catalogue">
          {FAULT_IDS.map((id) => (
            <div key={id}>
              <dt>{t(`fault.${id}.title`)}</dt>
              <dd>
                {t(`fault.${id}.what`)} <code>{id}</code>
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

function ArmedList({ t, armed }: { t: Translator<"sandbox">; armed: readonly Armed[] }) {
  if (armed.length === 0) return <p className="empty">{t("console.nothingArmed")}</p>;
  return (
    <ul className="armed card">
      {armed.map((one) => (
        <li key={one.id} data-used={one.usedAt !== null}>
          <span>
            <strong>{isFault(one.fault) ? t(`fault.${one.fault}.title`) : one.fault}</strong>
            {one.seconds === null ? null : <span> {one.seconds} s</span>}
            <small>
              {one.usedAt === null
                ? `${t("console.armed")}: ${t(one.target === "payment" ? "console.targetPayment" : "console.targetRequest")} ${[one.gateway, one.path].filter(Boolean).join(" ")}`
                : t("console.used", { what: one.usedFor ?? "" })}
            </small>
          </span>
          {one.usedAt === null ? <ActButton verb="disarm" fields={{ id: String(one.id) }} label={t("console.disarm")} /> : null}
        </li>
      ))}
    </ul>
  );
}
