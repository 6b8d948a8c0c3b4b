/** While the figures of many merchants are counted. */
export default function Loading() {
  return (
    <div className="grid gap-4" aria-hidden="true">
      <div className="h-8 w-48 animate-pulse rounded bg-raised" />
      <div className="h-72 animate-pulse rounded-card border border-line bg-surface" />
    </div>
  );
}
