/** Who is paid: the shop's logo, or its first character on its own ground, and its name. */
export function Merchant({ name, logoUrl, label }: { name: string; logoUrl: string | undefined; label: string }) {
  return (
    <div className="merchant">
      {logoUrl ? (
        // biome-ignore lint/performance/noImgElement: the shop's own address; the framework's image needs its runtime
        <img className="logo" src={logoUrl} alt="" width="40" height="40" referrerPolicy="no-referrer" />
      ) : (
        <span className="logo logo-letter" aria-hidden="true">
          {Array.from(name)[0]}
        </span>
      )}
      <p>
        <span className="merchant-label">{label}</span>
        <strong className="merchant-name">{name}</strong>
      </p>
    </div>
  );
}
