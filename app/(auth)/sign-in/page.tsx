import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signIn } from "#app/(auth)/sign-in/actions.ts";
import { screenTitle } from "#app/(dashboard)/screen.ts";
import { SignInForm } from "#components/dashboard/sign-in-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { currentLocale } from "#lib/action.ts";
import { currentUser } from "#lib/auth.ts";
import { translator } from "#lib/i18n/translator.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("signIn.title");

type Search = Promise<Record<string, string | string[] | undefined>>;

// next-auth's own route comes back here with its words for what went wrong.
const NEXT_AUTH_ERRORS: Record<string, "wrong" | "too_many"> = { CredentialsSignin: "wrong", too_many: "too_many" };
// Others go on by signing in here: the code's time was over, or next-auth's route does not ask for one.
const HINTS: Record<string, "code.gone" | "code.here"> = { step_gone: "code.gone", code_needed: "code.here" };

/** Where the people who look after the money come in. */
export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  if (await currentUser()) redirect("/dashboard");
  const [search, locale] = await Promise.all([searchParams, currentLocale()]);
  const t = translator(locale, "dashboard");
  const problem = NEXT_AUTH_ERRORS[String(search.error ?? "")] ?? null;
  const hint = HINTS[String(search.error ?? "")];
  const PROBLEMS = ["missing_email", "missing_password", "wrong", "too_many", "origin"] as const;
  return (
    <>
      <div className="grid gap-1">
        <h1 className="text-2xl font-semibold">{t("signIn.title")}</h1>
        <p className="text-ink-soft">{t("signIn.lead")}</p>
      </div>
      {search.said === "signed_out" ? <Notice kind="done">{t("signIn.signed_out")}</Notice> : null}
      {hint ? <Notice kind="hint">{translator(locale, "safety")(hint)}</Notice> : null}
      <SignInForm
        submit={signIn}
        next={String(search.next ?? "")}
        problem={problem}
        words={{
          email: t("signIn.email"),
          password: t("signIn.password"),
          submit: t("signIn.submit"),
          busy: t("common.working"),
          firstTime: t("signIn.firstTime"),
          problems: Object.fromEntries(PROBLEMS.map((one) => [one, t(`signIn.${one}`)])),
        }}
      />
    </>
  );
}
