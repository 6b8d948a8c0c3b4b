import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { savePassword } from "#app/(auth)/change-password/actions.ts";
import { screenTitle } from "#app/(dashboard)/screen.ts";
import { PasswordForm } from "#components/dashboard/password-form.tsx";
import { currentLocale } from "#lib/action.ts";
import { currentUser } from "#lib/auth.ts";
import { translator } from "#lib/i18n/translator.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("password.title");

/** A person's own password; the first thing after a one-time one. */
export default async function ChangePasswordPage() {
  const user = await currentUser();
  if (!user) redirect("/sign-in?next=/dashboard");
  const locale = await currentLocale();
  const t = translator(locale, "dashboard");
  const safety = translator(locale, "safety");
  const PROBLEMS = ["wrong", "too_many", "short", "long", "same", "different"] as const;
  return (
    <>
      <div className="grid gap-1">
        <h1 className="text-2xl font-semibold">{t("password.title")}</h1>
        <p className="text-ink-soft">{user.mustChangePassword ? t("password.first") : t("frame.signedInAs", { name: user.email })}</p>
      </div>
      <PasswordForm
        submit={savePassword}
        email={user.email}
        code={user.twoStep && !user.proven}
        words={{
          current: t("password.current"),
          next: t("password.next"),
          again: t("password.again"),
          hint: t("password.hint"),
          submit: t("password.submit"),
          busy: t("common.working"),
          code: safety("confirm.codeLabel"),
          codeHint: safety("confirm.codeHint"),
          problems: {
            ...Object.fromEntries(PROBLEMS.map((one) => [one, t(`password.${one}`)])),
            origin: t("signIn.origin"),
            code: safety("code.missing"),
            wrong_code: safety("confirm.wrong_code"),
          },
        }}
      />
    </>
  );
}
