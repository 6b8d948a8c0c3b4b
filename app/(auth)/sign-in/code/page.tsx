import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { enterCode } from "#app/(auth)/sign-in/code/actions.ts";
import { SignInCodeForm } from "#components/dashboard/sign-in-code-form.tsx";
import { currentLocale } from "#lib/action.ts";
import { currentStep, currentUser } from "#lib/auth.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "safety")("code.title") };
}

/** The second step of a sign-in, for people with two-step sign-in on. Whoever comes without a first step is sent to it. */
export default async function SignInCodePage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  if (await currentUser()) redirect("/dashboard");
  if (!(await currentStep())) redirect("/sign-in");
  const t = translator(await currentLocale(), "safety");
  const words = { code: t("code.label"), hint: t("code.hint"), submit: t("code.submit"), busy: t("busy") };
  return (
    <>
      <div className="grid gap-1">
        <h1 className="text-2xl font-semibold">{t("code.title")}</h1>
        <p className="text-ink-soft">{t("code.lead")}</p>
      </div>
      <SignInCodeForm submit={enterCode} next={String((await searchParams).next ?? "")} words={words} />
      <a href="/sign-in" className="inline-flex min-h-11 items-center justify-self-center text-sm text-jade underline underline-offset-3">
        {t("code.back")}
      </a>
    </>
  );
}
