/** For how long a person who proved themselves is believed without being asked again, in minutes. */
export const PROOF_MINUTES = 10;

/** What became of asking a person to prove themselves; each but `ok` is shown at the fields of ConfirmPerson. */
export type Confirmation = "ok" | "confirm_missing" | "confirm_wrong" | "confirm_too_many";

/** The fields ConfirmPerson draws and `confirmed` reads. Never put back into a form. */
export const CONFIRM_FIELDS = { password: "confirm_password", code: "confirm_code" } as const;
