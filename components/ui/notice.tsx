import { Icon } from "#components/ui/icon.tsx";

const LOOKS = {
  done: { role: "status", icon: "check", colours: "border-jade/40 bg-jade-soft text-ink", mark: "text-jade" },
  problem: { role: "alert", icon: "alert", colours: "border-red/40 bg-red-soft text-ink", mark: "text-red" },
  hint: { role: "note", icon: "alert", colours: "border-amber/40 bg-amber-soft text-ink", mark: "text-amber" },
} as const;

/** What came of something, or what to look out for. `done` and `problem` are announced by screen readers. */
export function Notice({ kind, children }: { kind: keyof typeof LOOKS; children: React.ReactNode }) {
  const { role, icon, colours, mark } = LOOKS[kind];
  return (
    <div role={role} className={`flex gap-3 rounded-card border px-4 py-3 text-sm ${colours}`}>
      <Icon name={icon} className={`mt-0.5 size-4 ${mark}`} />
      <div className="min-w-0 break-words">{children}</div>
    </div>
  );
}
