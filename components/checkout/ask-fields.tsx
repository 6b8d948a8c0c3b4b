import type { InputHTMLAttributes, ReactNode } from "react";
import type { Asking } from "#components/checkout/ask.tsx";
import { bankName } from "#components/checkout/bank-names.ts";
import { ProblemNote } from "#components/checkout/problem-note.tsx";
import { CARDS } from "#lib/domain/asks.ts";
import type { Locale } from "#lib/i18n/locale.ts";

/** More banks than this are a list to open rather than tiles to see at once. */
const TILES_MAX = 30;

interface FieldProps extends Asking {
  name: string;
}

/** The shopper's bank: tiles while one can see them all, the device's own list beyond, a code where no list is known. */
export function BankField({ scene, banks, name }: FieldProps) {
  const { t, locale } = scene;
  if (banks.length === 0) return <TextField scene={scene} banks={banks} name={name} label={t("ask.bank_code")} pattern="[\w\-]{1,32}" />;
  if (banks.length > TILES_MAX) return <BankList scene={scene} banks={banks} name={name} />;
  const bad = problemAt(scene, name);
  return (
    <fieldset className="field" aria-describedby={bad ? "problem" : undefined}>
      <legend className="field-label">{t("ask.bank")}</legend>
      {bad}
      <div className="tiles banks">
        {banks.map(({ code, name: given }) => (
          <label key={code} className="tile">
            <input type="radio" name={name} value={code} required suppressHydrationWarning />
            <BankWords name={given} locale={locale} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function BankWords({ name, locale }: { name: string; locale: Locale }) {
  const { said, original } = bankName(name, locale);
  return (
    <span>
      {said}
      {original && (
        <span className="tile-original" lang="zh-Hans">
          {original}
        </span>
      )}
    </span>
  );
}

function BankList({ scene, banks, name }: FieldProps) {
  const { t, locale } = scene;
  const bad = problemAt(scene, name);
  return (
    <div className="field">
      <label className="field-label" htmlFor={`ask-${name}`}>
        {t("ask.bank")}
      </label>
      {bad}
      <select
        id={`ask-${name}`}
        name={name}
        className="input"
        required
        defaultValue=""
        aria-invalid={bad ? true : undefined}
        aria-describedby={bad ? "problem" : undefined}
        suppressHydrationWarning
      >
        <option value="" disabled>
          {t("ask.bank_choose")}
        </option>
        {banks.map(({ code, name: given }) => (
          <option key={code} value={code}>
            {Object.values(bankName(given, locale)).filter(Boolean).join(" · ")}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Debit, credit, or whichever: the bank shows the right form. */
export function CardKind({ scene }: Asking) {
  const { t } = scene;
  return (
    <fieldset className="field">
      <legend className="field-label">{t("ask.card")}</legend>
      <div className="tiles segments">
        {CARDS.map((card) => (
          <label key={card} className="tile">
            <input type="radio" name="card" value={card} defaultChecked={card === "any"} suppressHydrationWarning />
            <span>{t(`ask.card_${card}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The number is grouped by the page's script as it is typed; without it, spaces and hyphens may be typed or not. */
export function CardNumberField(asking: Asking) {
  const { t } = asking.scene;
  return (
    <TextField
      {...asking}
      name="card_number"
      label={t("ask.card_number")}
      hint={t("ask.card_number_hint")}
      inputMode="numeric"
      autoComplete="cc-number"
      pattern="[\d\s\-]{12,25}"
      maxLength={25}
      data-grouped=""
    />
  );
}

/** Who sends the transfer: the gateway matches it by these three. */
export function PayerFields(asking: Asking) {
  const { t } = asking.scene;
  return (
    <>
      <BankField {...asking} name="payer_bank" />
      <TextField {...asking} name="payer_name" label={t("ask.payer_name")} autoComplete="name" maxLength={64} />
      <TextField
        {...asking}
        name="payer_account"
        label={t("ask.payer_account")}
        inputMode="numeric"
        autoComplete="off"
        pattern="[\d\s\-]{6,40}"
        maxLength={40}
        data-grouped=""
      />
    </>
  );
}

type TextProps = FieldProps & { label: string; hint?: string; "data-grouped"?: string } & Pick<
    InputHTMLAttributes<HTMLInputElement>,
    "inputMode" | "autoComplete" | "pattern" | "maxLength"
  >;

/** One line of text; its problem stands above it, is what the redirect ends at, and is read with the field. */
function TextField({ scene, banks: _, name, label, hint, ...input }: TextProps) {
  const bad = problemAt(scene, name);
  const told = [bad && "problem", hint && `hint-${name}`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label className="field-label" htmlFor={`ask-${name}`}>
        {label}
      </label>
      {bad}
      <input
        {...input}
        id={`ask-${name}`}
        name={name}
        type="text"
        className="input"
        required
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={bad ? true : undefined}
        aria-describedby={told || undefined}
        suppressHydrationWarning
      />
      {hint && (
        <p className="field-hint" id={`hint-${name}`}>
          {hint}
        </p>
      )}
    </div>
  );
}

function problemAt({ problem, locale }: Asking["scene"], name: string): ReactNode {
  return problem?.field === name ? <ProblemNote problem={problem} locale={locale} /> : null;
}
