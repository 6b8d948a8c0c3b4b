import { MONEY_CASES } from "#lib/alerts/kinds-money-testing.ts";
import type { AlertScene } from "#lib/alerts/kinds-scene-testing.ts";
import { WORK_CASES } from "#lib/alerts/kinds-work-testing.ts";
import type { AlertKind } from "#lib/domain/alert.ts";

/** How one kind of alert comes about, and ends, by the product's own code. */
export interface AlertCase {
  /** What stands right beside the trouble and is none; what it comes to shows `well`, or it would prove nothing. */
  healthy(scene: AlertScene): Promise<unknown>;
  well: unknown;
  /** The trouble happens. */
  make(scene: AlertScene): Promise<Made>;
}

export interface Made {
  /** What the alert must be about. */
  subject: string;
  /** The trouble is met again: it is known. */
  again(): Promise<unknown>;
  /** How often it is then said to have happened: once when absent, for the same word again is no news. */
  times?: number;
  /** What docs/alerts.md says ends it. */
  end(): Promise<unknown>;
  /** Who then ended it; "itself" when absent. */
  by?: string;
}

/** Every kind there is: a kind without a case does not pass lib/alerts/kinds.integration.test.ts. */
export const ALERT_CASES: Readonly<Record<AlertKind, AlertCase>> = { ...MONEY_CASES, ...WORK_CASES };
