import type { ChoiceField } from "#components/dashboard/staff-fields.tsx";
import type { MerchantRole } from "#lib/domain/permission.ts";
import type { TeamActor } from "#lib/domain/team.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** A signed-in person as the team's rules see them, in one merchant. */
export function teamActor(
  user: { id: string; platformAdmin: boolean; roles: Readonly<Record<string, MerchantRole>> },
  merchantId: string,
): TeamActor {
  return { id: user.id, platformAdmin: user.platformAdmin, role: user.roles[merchantId] ?? null };
}

/** The choice of a role, each with what it means. */
export function roleField(t: Translator<"team">, roles: readonly MerchantRole[], value: string): ChoiceField {
  const options = roles.map((role) => ({ value: role, word: t(`role_${role}`), hint: t(`role_${role}_hint`) }));
  return { kind: "choice", name: "role", label: t("role"), options, value };
}

/** What the client parts of an invitation say. */
export function linkWords(t: Translator<"team">) {
  const words = { label: t("link.label"), once: t("link.once"), copy: t("copy"), copied: t("copied") };
  return { ...words, done: t("link.done"), back: "/dashboard/team" };
}
