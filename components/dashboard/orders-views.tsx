import { chooseDefaultView, forgetView, renameOrderView, saveView } from "#app/(dashboard)/dashboard/orders/actions.ts";
import { BUTTON } from "#components/ui/button.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Submit } from "#components/ui/submit.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

export interface ViewTab {
  /** Null: everything. */
  id: string | null;
  name: string;
  href: string;
  current: boolean;
  isDefault: boolean;
}

interface Props {
  t: Translator<"dashboard">;
  words: Translator<"ledger">;
  merchantId: string;
  tabs: readonly ViewTab[];
  /** The list as it is looked at now, as fields of its address. */
  fields: Readonly<Record<string, string>>;
  /** A name that could not be kept, and why. */
  refused: { name: string; error: string; id: string | null } | null;
}

/** A person's own views: one press away each, and folded beside them what keeps, renames and forgets them. */
export function OrdersViews(props: Props) {
  const { words, tabs, refused } = props;
  return (
    <div className="relative mb-3 flex flex-wrap items-start gap-1.5">
      <nav aria-label={words("views")} className="flex min-w-0 flex-wrap gap-1.5">
        {tabs.map(({ id, name, href, current, isDefault }) => (
          <a
            key={id ?? "all"}
            href={href}
            aria-current={current ? "true" : undefined}
            className="inline-flex min-h-11 max-w-64 items-center gap-1.5 rounded-full border border-edge/40 bg-surface px-3 text-sm text-ink-soft hover:text-ink aria-[current]:border-jade aria-[current]:bg-jade-soft aria-[current]:text-jade sm:min-h-9"
          >
            <span className="truncate">{name}</span>
            {isDefault && id !== null ? <span className="text-xs">{words("isDefault")}</span> : null}
          </a>
        ))}
      </nav>
      <details open={refused !== null}>
        <summary className={`${BUTTON.small} min-h-11 list-none sm:min-h-9 [&::-webkit-details-marker]:hidden`}>
          <Icon name="settings" className="size-4" />
          {words("manageViews")}
        </summary>
        <div className="absolute top-full left-0 z-20 mt-1.5 grid w-[min(26rem,calc(100vw-2rem))] gap-4 rounded-card border border-line bg-surface p-4 shadow-card">
          <SaveView {...props} />
          {tabs.map((tab) => (tab.id === null ? null : <EditView key={tab.id} {...props} tab={tab} id={tab.id} />))}
        </div>
      </details>
    </div>
  );
}

function SaveView({ t, words, merchantId, fields, refused }: Props) {
  const error = refused?.id === null ? refused.error : undefined;
  return (
    <form action={saveView} className="grid gap-2.5">
      <Hidden merchantId={merchantId} fields={fields} />
      <Field id="view-name" label={words("saveAs")} error={error} hint={words("saveHint")}>
        <input
          {...tie("view-name", { error, hint: "shown" })}
          name="name"
          required
          maxLength={60}
          autoComplete="off"
          defaultValue={refused?.id === null ? refused.name : ""}
          className={INPUT}
        />
      </Field>
      <label className="inline-flex min-h-9 items-center gap-2 text-sm">
        <input type="checkbox" name="default" value="yes" className="size-4 accent-jade" />
        {words("makeDefault")}
      </label>
      <div>
        <Submit busy={t("common.working")}>{words("save")}</Submit>
      </div>
    </form>
  );
}

function EditView({ t, words, merchantId, fields, refused, tab, id }: Props & { tab: ViewTab; id: string }) {
  const mine = refused?.id === id ? refused : null;
  const hidden = <Hidden merchantId={merchantId} fields={fields} id={id} />;
  return (
    <div className="grid gap-2 border-t border-line pt-3">
      <form action={renameOrderView} className="flex items-end gap-2">
        {hidden}
        <div className="min-w-0 flex-1">
          <Field id={`name-${id}`} label={words("nameOf", { name: tab.name })} error={mine?.error}>
            <input
              {...tie(`name-${id}`, { error: mine?.error })}
              name="name"
              required
              maxLength={60}
              autoComplete="off"
              defaultValue={mine?.name ?? tab.name}
              className={INPUT}
            />
          </Field>
        </div>
        <Submit look="secondary" busy={t("common.working")}>
          {words("rename")}
        </Submit>
      </form>
      <div className="flex gap-2">
        <form action={chooseDefaultView}>
          {hidden}
          <Submit look="quiet" busy={t("common.working")} name="default" value={tab.isDefault ? "no" : "yes"}>
            {words(tab.isDefault ? "noDefault" : "makeDefault")}
          </Submit>
        </form>
        <form action={forgetView}>
          {hidden}
          <Submit look="quiet" busy={t("common.working")}>
            {words("forget")}
          </Submit>
        </form>
      </div>
    </div>
  );
}

function Hidden({ merchantId, fields, id }: { merchantId: string; fields: Readonly<Record<string, string>>; id?: string }) {
  return (
    <>
      <input type="hidden" name="merchant" value={merchantId} />
      <input type="hidden" name="fields" value={new URLSearchParams({ ...fields }).toString()} />
      {id ? <input type="hidden" name="id" value={id} /> : null}
    </>
  );
}
