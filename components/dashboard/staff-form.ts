/**
 * What a form of the dashboard shows after it was sent; all sentences are in the reader's language already. `values`: what was
 * typed, but for secrets, so that nothing is lost. `confirm`: ConfirmPerson's problem.
 */
export interface StaffFormState {
  done: string | null;
  problem: string | null;
  confirm: string | null;
  /** By input name. */
  errors: Record<string, string>;
  values: Record<string, string>;
}

/** How every such form begins. */
export const UNTOUCHED: StaffFormState = { done: null, problem: null, confirm: null, errors: {}, values: {} };

/** What an input shows: what was typed when the form came back with a problem, else what is stored. */
export function shownValue(state: StaffFormState, name: string, stored: string): string {
  return Object.hasOwn(state.values, name) ? (state.values[name] ?? "") : stored;
}

/** An action of such a form. */
export type StaffSubmit<State extends StaffFormState = StaffFormState> = (before: State, form: FormData) => Promise<State>;
