import type { Tx } from "#db/client.ts";
import { boss, QUEUES, type QueueName, within } from "#lib/jobs/queues.ts";

export type ManualStep = "retry" | "discard";

/**
 * Takes up a job the queue has given up, or throws it away, in the caller's transaction. False when there is no such failed job
 * any more. Neither loses work: a job only says that a row is due, and the row makes another as long as it is.
 */
export async function handleFailedJob(tx: Tx, step: ManualStep, queue: string, id: string): Promise<boolean> {
  if (!isQueue(queue) || !/^[0-9a-f-]{36}$/.test(id)) return false;
  const options = { db: within(tx) };
  const [job] = await boss().findJobs(queue, { id, ...options });
  if (job?.state !== "failed") return false;
  if (step === "retry") await boss().retry(queue, id, options);
  else await boss().deleteJob(queue, id, options);
  return true;
}

function isQueue(name: string): name is QueueName {
  return Object.hasOwn(QUEUES, name);
}
