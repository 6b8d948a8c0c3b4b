import type { Reading } from "#components/dashboard/moment.tsx";
import { CARD } from "#components/ui/card.ts";
import { Dot, type Tone } from "#components/ui/dot.tsx";
import { formatMoment } from "#lib/i18n/format.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** What the health cards are drawn from (lib/system.ts). */
interface Facts {
  database: { version: string; sizeBytes: bigint; connections: number; connectionsMax: number; migratedAt: Date | null };
  migrations: { newest: string; pending: boolean };
  workers: readonly { worker: string; seconds: number }[];
  clock: { aheadMs: number; withinMs: number };
  disk: { path: string; freeBytes: bigint; totalBytes: bigint } | null;
  versions: { app: string; node: string; next: string };
}

interface Props {
  t: Translator<"system">;
  reading: Reading;
  facts: Facts;
  limits: { clockMs: number; diskBytes: bigint };
  sandbox: boolean;
  mail: "environment" | "screen" | "unreadable" | null;
}

/** A worker that has not been heard of for so long is taken for dead; the same as GET /api/health. */
const WORKER_FRESH_SECONDS = 20;

/** What this installation runs on, a card a matter: a word that says how it is, and the figures behind it. */
export function SystemHealth(props: Props) {
  const { t, facts } = props;
  return (
    <section aria-labelledby="health">
      <h2 id="health" className="mb-3 font-semibold">
        {t("health")}
      </h2>
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {[databaseCard, migrationsCard, workersCard, clockCard, diskCard, outsideCard].map((card) => {
          const { name, tone, word, lines } = card(props);
          return (
            <li key={name} className={`${CARD} grid content-start gap-2`}>
              <h3 className="flex flex-wrap items-center justify-between gap-2 font-medium">
                {t(name)}
                <span className="text-sm font-normal">
                  <Dot tone={tone}>{word}</Dot>
                </span>
              </h3>
              {lines.map((line) => (
                <p key={line} className="text-sm break-words text-ink-soft">
                  {line}
                </p>
              ))}
            </li>
          );
        })}
      </ul>
      <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-1 text-sm">
        {[
          ["Shouyin", facts.versions.app],
          ["Node.js", facts.versions.node],
          ["Next.js", facts.versions.next],
          ["PostgreSQL", facts.database.version],
          [t("migration"), facts.migrations.newest],
        ].map(([name, value]) => (
          <div key={name} className="flex gap-2">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="font-mono text-[13px] break-all">{value || "–"}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-xs text-ink-soft">{t("logNote")}</p>
    </section>
  );
}

interface Card {
  name: "database" | "migrations" | "workers" | "clock" | "disk" | "outside";
  tone: Tone;
  word: string;
  lines: string[];
}

function databaseCard({ t, reading, facts: { database } }: Props): Card {
  const full = database.connections * 10 > database.connectionsMax * 9;
  return {
    name: "database",
    tone: full ? "wait" : "good",
    word: t(full ? "almostFull" : "answers"),
    lines: [
      t("databaseSize", { size: sizeText(database.sizeBytes, reading.locale) }),
      t("connections", { count: database.connections, max: database.connectionsMax }),
    ],
  };
}

function migrationsCard({ t, reading, facts: { database, migrations } }: Props): Card {
  const at = database.migratedAt;
  return {
    name: "migrations",
    tone: migrations.pending ? "bad" : "good",
    word: t(migrations.pending ? "pending" : "current"),
    lines: [
      ...(at ? [t("migratedTo", { time: formatMoment(at, reading.locale, reading.timeZone) })] : []),
      ...(migrations.pending ? [t("pendingNext")] : []),
    ],
  };
}

function workersCard({ t, facts: { workers } }: Props): Card {
  const alive = workers.filter(({ seconds }) => seconds < WORKER_FRESH_SECONDS);
  return {
    name: "workers",
    tone: alive.length > 0 ? "good" : "bad",
    word: t("alive", { count: alive.length }),
    lines: [
      ...workers.slice(0, 5).map(({ worker, seconds }) => t("heartbeat", { worker, seconds })),
      ...(alive.length === 0 ? [t("noWorkerNext")] : []),
    ],
  };
}

function clockCard({ t, facts: { clock }, limits }: Props): Card {
  const apart = Math.abs(clock.aheadMs) - clock.withinMs > limits.clockMs;
  return {
    name: "clock",
    tone: apart ? "bad" : "good",
    word: t(apart ? "apart" : "together"),
    lines: [t("clocksApart", { ms: Math.abs(clock.aheadMs), within: clock.withinMs }), ...(apart ? [t("apartNext")] : [])],
  };
}

function diskCard({ t, reading, facts: { disk }, limits }: Props): Card {
  if (!disk) return { name: "disk", tone: "quiet", word: t("notKnown"), lines: [] };
  const low = disk.freeBytes < limits.diskBytes;
  return {
    name: "disk",
    tone: low ? "bad" : "good",
    word: t(low ? "low" : "enough"),
    lines: [
      t("free", { free: sizeText(disk.freeBytes, reading.locale), total: sizeText(disk.totalBytes, reading.locale) }),
      disk.path,
      ...(low ? [t("lowNext")] : []),
    ],
  };
}

function outsideCard({ t, sandbox, mail }: Props): Card {
  return {
    name: "outside",
    tone: mail === null || mail === "unreadable" ? "wait" : "good",
    word: t(mail === null ? "noMail" : mail === "unreadable" ? "mailUnreadable" : "mailSet"),
    lines: [t(mail === null ? "mail_none" : `mail_${mail}`), t(sandbox ? "sandboxOn" : "sandboxOff")],
  };
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Bytes in the largest unit that has at least one of them, to a tenth. */
export function sizeText(bytes: bigint, locale: string): string {
  let place = 0;
  while (place < UNITS.length - 1 && bytes >= 1024n ** BigInt(place + 1)) place += 1;
  const tenths = Number((bytes * 10n) / 1024n ** BigInt(place));
  const style = { style: "unit", unit: UNITS[place] ?? "byte", unitDisplay: "short", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, style).format(tenths / 10);
}
