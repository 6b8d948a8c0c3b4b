import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { Badge, Dot, type Tone } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
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
  const columns: Column<MemberLine>[] = [
    { head: t("list.name"), phone: "lead", look: "md:max-w-72", cell: (row) => <Member t={t} row={row} own={own} /> },
    { head: t("role"), phone: "aside", look: "whitespace-nowrap max-md:font-normal", cell: (row) => t(`role_${row.role}`) },
    { head: t("list.twoStep"), cell: (row) => <TwoStep t={t} on={row.twoStep} required={requireTwoStep} /> },
    { head: t("list.state"), cell: (row) => <MemberState t={t} row={row} /> },
    {
      head: zoneText(t("list.seen"), reading),
      look: "text-ink-soft",
      cell: (row) => (row.lastSeenAt ? <ShortMoment at={row.lastSeenAt} reading={reading} /> : t("list.never")),
    },
  ];
  return <ListTable label={t("list.title")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function Member({ t, row, own }: { t: T; row: MemberLine; own: string }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 md:flex-nowrap md:py-1">
      <span className="min-w-0">
        <a href={`/dashboard/team/${row.id}`} className={`block truncate font-medium ${LINK}`}>
          {row.name}
        </a>
        <span className="block truncate text-xs font-normal text-ink-soft">{row.email}</span>
      </span>
      {row.id === own ? <Badge tone="good">{t("list.you")}</Badge> : null}
      {row.platformAdmin ? <Badge tone="quiet">{t("list.platform")}</Badge> : null}
    </span>
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
  const columns: Column<InvitationLine>[] = [
    {
      head: t("invitations.email"),
      phone: "lead",
      look: "md:max-w-72 truncate",
      cell: (row) => (
        <a href={`/dashboard/team/invite/${row.id}`} className={LINK}>
          {row.email}
        </a>
      ),
    },
    { head: t("role"), phone: "aside", look: "whitespace-nowrap max-md:font-normal", cell: (row) => t(`role_${row.role}`) },
    { head: t("invitations.state"), phone: "plain", cell: (row) => <InvitationState t={t} row={row} /> },
    { head: t("invitations.by"), look: "md:max-w-48 truncate", cell: (row) => row.inviter },
    {
      head: zoneText(t("invitations.until"), reading),
      look: "text-ink-soft",
      cell: (row) => <ShortMoment at={row.expiresAt} reading={reading} />,
    },
  ];
  return <ListTable label={t("invitations.title")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
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
