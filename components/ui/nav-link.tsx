"use client";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { Icon, type IconName } from "#components/ui/icon.tsx";

const LOOKS = {
  rail: "flex min-h-11 items-center gap-3 lg:min-h-8 rounded-lg px-3 text-sm text-ink-soft hover:bg-raised hover:text-ink aria-[current=page]:bg-jade-soft aria-[current=page]:font-medium aria-[current=page]:text-jade",
  bar: "flex min-h-14 flex-col items-center justify-center gap-0.5 px-1 text-[11px] text-ink-soft aria-[current=page]:text-jade aria-[current=page]:font-medium",
} as const;

/** A way to another screen, marked when it is this one. While the next screen is being fetched `opening` says so, over the page's top. */
export function NavLink(props: {
  href: string;
  icon: IconName;
  look: keyof typeof LOOKS;
  exact?: boolean;
  opening: string;
  children: React.ReactNode;
}) {
  const { href, icon, look, exact, opening, children } = props;
  const path = usePathname();
  const here = exact ? path === href : path === href || path.startsWith(`${href}/`);
  return (
    <Link href={href} prefetch={false} aria-current={here ? "page" : undefined} className={LOOKS[look]}>
      <Pending icon={icon} opening={opening} />
      <span className="max-w-full truncate">{children}</span>
    </Link>
  );
}

function Pending({ icon, opening }: { icon: IconName; opening: string }) {
  const { pending } = useLinkStatus();
  return (
    <>
      <Icon name={icon} className={pending ? "size-5 animate-pulse text-jade" : "size-5"} />
      {pending ? (
        <span
          role="status"
          className="fixed top-3 left-1/2 z-30 flex max-w-[90vw] -translate-x-1/2 animate-[appear_120ms_100ms_backwards] items-center gap-2 truncate rounded-full border border-line bg-surface px-4 py-2 text-sm text-ink shadow-card"
        >
          <span aria-hidden="true" className="size-2 shrink-0 animate-pulse rounded-full bg-jade" />
          {opening}
        </span>
      ) : null}
    </>
  );
}
