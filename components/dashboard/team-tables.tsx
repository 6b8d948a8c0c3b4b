import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { Badge, Dot, type Tone } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { MerchantRole } from "#lib/domain/permission.ts";
import type { InvitationStanding } from "#lib/domain/team.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"team">;

export interface MemberLine {
  id: string;
  name: string;
  email: string;
  role: MerchantRole;
  platformAdmin: boolean;
  lastSeenAt: Date | null;
  twoStep: boolean;
  disabled: boolean;
  mustChangePassword: boolean;
}

/** Members of a team, owners first; `own` is the reader's id. */
export function MembersTable(props: { t: T; rows: readonly MemberLine[]; own: string; requireTwoStep: boolean; reading: Reading }) {
  const { t, rows, own, requireTwoStep, reading } = props;
  return (
    <Scroll label={t("list.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            <th scope="col" className={TABLE.th}>
              {t("list.name")}
            </th>
            <th scope="col" className={TABLE.th}>
              {t("role")}
            </th>
            <th scope="col" className={TABLE.th}>
              {t("list.twoStep")}
            </th>
            <th scope="col" className={TABLE.th}>
              {t("list.state")}
            </th>
            <th scope="col" className={TABLE.th}>
              <ZoneHead word={t("list.seen")} reading={reading} />
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.td} max-w-72`}>
                <span className="flex items-center gap-2 py-1">
                  <span className="min-w-0">
                    <a href={`/dashboard/team/${row.id}`} className="block truncate font-medium text-jade underline underline-offset-4">
                      {row.name}
                    </a>
                    <span className="block truncate text-xs text-ink-soft">{row.email}</span>
                  </span>
                  {row.id === own ? <Badge tone="good">{t("list.you")}</Badge> : null}
                  {row.platformAdmin ? <Badge tone="quiet">{t("list.platform")}</Badge> : null}
                </span>
              </td>
              <td className={`${TABLE.td} whitespace-nowrap`}>{t(`role_${row.role}`)}</td>
              <td className={TABLE.td}>
                <TwoStep t={t} on={row.twoStep} required={requireTwoStep} />
              </td>
              <td className={TABLE.td}>
                <MemberState t={t} row={row} />
              </td>
              <td className={`${TABLE.td} text-ink-soft`}>
                {row.lastSeenAt ? <ShortMoment at={row.lastSeenAt} reading={reading} /> : t("list.never")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function TwoStep({ t, on, required }: { t: T; on: boolean; required: boolean }) {
  if (on) return <Dot tone="good">{t("list.on")}</Dot>;
  return <Dot tone={required ? "wait" : "quiet"}>{t(required ? "list.required" : "list.off")}</Dot>;
}

export function MemberState({ t, row }: { t: T; row: Pick<MemberLine, "disabled" | "mustChangePassword"> }) {
  if (row.disabled) return <Dot tone="bad">{t("list.disabled")}</Dot>;
  if (row.mustChangePassword) return <Dot tone="wait">{t("list.oneTime")}</Dot>;
  return <Dot tone="good">{t("list.active")}</Dot>;
}

export interface InvitationLine {
  id: string;
  email: string;
  role: MerchantRole;
  inviter: string;
  expiresAt: Date;
  mailed: boolean;
  standing: InvitationStanding;
}

const TONES = { open: "wait", expired: "quiet", withdrawn: "bad", used: "good" } as const satisfies Record<InvitationStanding, Tone>;

/** Invitations nobody has answered yet. */
export function InvitationsTable({ t, rows, reading }: { t: T; rows: readonly InvitationLine[]; reading: Reading }) {
  return (
    <Scroll label={t("invitations.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            <th scope="col" className={TABLE.th}>
              {t("invitations.email")}
            </th>
            <th scope="col" className={TABLE.th}>
              {t("role")}
            </th>
            <th scope="col" className={TABLE.th}>
              {t("invitations.state")}
            </th>
            <th scope="col" className={TABLE.th}>
              {t("invitations.by")}
            </th>
            <th scope="col" className={TABLE.th}>
              <ZoneHead word={t("invitations.until")} reading={reading} />
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.td} max-w-72 truncate`}>
                <a href={`/dashboard/team/invite/${row.id}`} className="text-jade underline underline-offset-4">
                  {row.email}
                </a>
              </td>
              <td className={`${TABLE.td} whitespace-nowrap`}>{t(`role_${row.role}`)}</td>
              <td className={TABLE.td}>
                <InvitationState t={t} row={row} />
              </td>
              <td className={`${TABLE.td} max-w-48 truncate`}>{row.inviter}</td>
              <td className={`${TABLE.td} text-ink-soft`}>
                <ShortMoment at={row.expiresAt} reading={reading} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function InvitationState({ t, row }: { t: T; row: Pick<InvitationLine, "standing" | "mailed"> }) {
  const { standing, mailed } = row;
  return (
    <span className="flex items-center gap-2">
      <Dot tone={TONES[standing]}>{standing === "used" ? t("list.active") : t(`invitations.${standing}`)}</Dot>
      {standing === "open" ? <Badge tone="quiet">{t(mailed ? "invitations.mailed" : "invitations.shown")}</Badge> : null}
    </span>
  );
}
