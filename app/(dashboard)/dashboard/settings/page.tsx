import type { Metadata } from "next";
import {
  deskSecretsAction,
  saveDesk,
  savePlace,
  savePolicies,
  saveRefundLimits,
  saveTwoStep,
} from "#app/(dashboard)/dashboard/settings/actions.ts";
import { BrandSetting } from "#app/(dashboard)/dashboard/settings/brand-setting.tsx";
import { deskField, limitFields, placeFields, policyFields } from "#app/(dashboard)/dashboard/settings/fields.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { ScreenHead } from "#components/dashboard/chips.tsx";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { DeskSecretsForm } from "#components/dashboard/desk-secrets-form.tsx";
import { LimitsTable } from "#components/dashboard/limits-table.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Setting } from "#components/dashboard/setting.tsx";
import { StaffForm } from "#components/dashboard/staff-form-view.tsx";
import { db } from "#db/client.ts";
import { listAccounts } from "#db/queries/dashboard-accounts.ts";
import { readSettings } from "#db/queries/merchant-settings.ts";
import { readLimits } from "#db/queries/refund-limits.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { CURRENCIES } from "#lib/domain/currency.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "settings")("title") };
}

export type SettingsSearch = Partial<Record<"said" | "problem" | "name" | "colour" | "contact", string | string[]>>;

/** A merchant's face and the rules its money follows; each matter is a form of its own. */
export default async function SettingsPage({ searchParams }: { searchParams: Promise<SettingsSearch> }) {
  const screen = await openScreen("/dashboard/settings", "view_settings");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, user, locale } = screen;
  const [stored, limits, accounts, search] = await Promise.all([
    readSettings(db(), merchant.id),
    readLimits(db(), merchant.id),
    listAccounts(db(), merchant.id),
    searchParams,
  ]);
  if (!stored) return <Refusal t={screen.t} merchant={merchant} />;
  const t = translator(locale, "settings");
  const own = new Set([
    ...limits.map(({ currency }) => currency),
    ...accounts.flatMap((row) => gatewayById(row.gateway)?.currencies ?? []),
  ]);
  const currencies = CURRENCIES.filter((one) => own.size === 0 || own.has(one));
  const common = { hidden: { merchant: merchant.id }, label: t("save"), busy: t("working") };
  const confirm = confirmView(user, locale);
  const mayLimit = can(user, merchant.id, "edit_limits");
  return (
    <>
      <ScreenHead title={t("title")} lead={t("lead", { merchant: merchant.name })} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        <BrandSetting t={t} stored={stored} search={search} />
        <Setting id="place" title={t("place.title")} text={t("place.text")}>
          <StaffForm id="place" submit={savePlace} {...common} fields={placeFields(t, stored)} />
        </Setting>
        <Setting id="policies" title={t("policies.title")} text={t("policies.text")}>
          <StaffForm id="policies" submit={savePolicies} {...common} fields={policyFields(t, stored)} confirm={confirm} />
        </Setting>
        <Setting id="limits" title={t("limits.title")} text={t("limits.text")}>
          {mayLimit ? (
            <StaffForm id="limits" submit={saveRefundLimits} {...common} fields={limitFields(t, limits, currencies)} confirm={confirm} />
          ) : (
            <LimitsTable t={t} limits={limits} />
          )}
        </Setting>
        <Setting id="two-step" title={t("twoStep.title")} text={t("twoStep.text")}>
          <StaffForm
            id="two-step"
            submit={saveTwoStep}
            {...common}
            fields={[
              {
                ...{ kind: "tick", name: "required", label: t("twoStep.label"), hint: t("twoStep.hint") },
                value: stored.requireTotp ? "on" : "",
              },
            ]}
            confirm={confirm}
          />
        </Setting>
        <Setting id="desk" title={t("desk.title")} text={t("desk.text")}>
          <StaffForm id="desk" submit={saveDesk} {...common} fields={[deskField(t, stored.deskUnsigned)]} confirm={confirm} />
          <div className="grid gap-3 border-t border-line pt-5">
            <div>
              <h3 className="font-semibold">{t("desk.secrets")}</h3>
              <p className="text-sm text-ink-soft">{t("desk.secretsText")}</p>
            </div>
            <DeskSecretsForm
              submit={deskSecretsAction}
              merchantId={merchant.id}
              confirm={confirm}
              words={{
                ...{ show: t("desk.show"), rollTest: t("desk.rollTest"), rollLive: t("desk.rollLive"), rollHint: t("desk.rollHint") },
                ...{ testSecret: t("desk.testSecret"), liveSecret: t("desk.liveSecret"), shown: t("desk.shown") },
                ...{ copy: t("desk.copy"), copied: t("desk.copied"), busy: t("working") },
              }}
            />
          </div>
        </Setting>
      </div>
    </>
  );
}
