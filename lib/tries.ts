import { sha256Hex } from "#lib/crypto/digest.ts";
import { networkOf, type TryRule } from "#lib/domain/tries.ts";

/** Failed tries are counted over this long, in seconds. */
export const TRY_WINDOW_SECONDS = 900;
/** Failed tries one e-mail may have from one network in the window; also one browser, one session, one person's codes. */
export const TRIES_PER_PERSON = 5;
/** Failed tries one network may have in the window: an office shares one address, so it is wider. */
export const TRIES_PER_NETWORK = 20;
/** Wrong codes one person may have in a day: six digits must not be guessed in months by whoever knows the password. */
export const CODES_PER_DAY = 20;
const DAY_SECONDS = 86_400;
/** How many browsers' worth of failures all of a person's known browsers may have together: who once knew the password may have made many known. */
export const BROWSERS_WORTH = 5;

const stop = (key: string, free: number, windowSeconds = TRY_WINDOW_SECONDS): TryRule => ({ key, free, windowSeconds, beyond: "stop" });

/**
 * What limits a try, and what of it a right answer forgets: all failures of the person, of the network only this one try.
 * The first rule names the person.
 */
export interface TryRules {
  rules: TryRule[];
  person: string[];
}

/**
 * The limits of a password typed at sign-in. Whoever guesses is stopped in his network; other networks are only made slower,
 * so that nobody can lock a person out from outside. A browser this person signed in with before is counted by itself, and with
 * the person's other known browsers, which too many failures make slower.
 */
export function passwordTries(given: { email: string; ip: string; browserId: string | null }): TryRules {
  // Hashed: a password typed into the e-mail field must not stand in the database in the clear.
  const email = sha256Hex(given.email);
  if (given.browserId) {
    const free = TRIES_PER_PERSON * BROWSERS_WORTH;
    const together: TryRule = { key: `browsers:${email}`, free, windowSeconds: TRY_WINDOW_SECONDS, beyond: "slower" };
    return allPerson([stop(`browser:${given.browserId}:${email}`, TRIES_PER_PERSON), together]);
  }
  const network = networkOf(given.ip);
  const own: TryRule[] = [
    stop(`pair:${email}:${network}`, TRIES_PER_PERSON),
    { key: `email:${email}`, free: TRIES_PER_PERSON, windowSeconds: TRY_WINDOW_SECONDS, beyond: "slower" },
  ];
  return { rules: [...own, stop(`network:${network}`, TRIES_PER_NETWORK)], person: own.map(({ key }) => key) };
}

/** The limits of a code typed at sign-in, beside those of the password: a wrong code is a failed sign-in too. */
export function codeTries(given: { email: string; ip: string; browserId: string | null; userId: string }): TryRules {
  const password = passwordTries(given);
  const whose = given.browserId ? `${given.browserId}:${given.userId}` : given.userId;
  const own = [stop(`code:${whose}`, TRIES_PER_PERSON), stop(`code-day:${whose}`, CODES_PER_DAY, DAY_SECONDS)];
  if (given.browserId) own.push(stop(`code-day-browsers:${given.userId}`, CODES_PER_DAY * BROWSERS_WORTH, DAY_SECONDS));
  return { rules: [...own, ...password.rules], person: [...own.map(({ key }) => key), ...password.person] };
}

/**
 * The limits of what a signed-in person proves: counted by session, so that a stolen one is no guessing machine and its thief
 * cannot lock the person's other sessions.
 */
export function sessionTries(sessionId: string): TryRules {
  return allPerson([stop(`confirm:${sessionId}`, TRIES_PER_PERSON)]);
}

function allPerson(rules: TryRule[]): TryRules {
  return { rules, person: rules.map(({ key }) => key) };
}
