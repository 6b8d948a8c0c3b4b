/** How a merchant looks on the checkout. */
export interface Brand {
  logoUrl?: string;
  /** `#rrggbb`. */
  colour?: string;
  supportContact?: string;
}
