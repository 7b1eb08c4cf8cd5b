const now = "epoch_ms(now())";
const isRunning = "e.c_status = 'running'";

/** Whether contact to a run is lost, over the row `e`. */
export const lostContact = `(${isRunning} AND coalesce(e.l_lost_at < ${now}, false))`;

/** When a run that has not ended gave a sign of life, over the row `e`. */
export const lastSeenAt = `CASE WHEN ${isRunning} THEN e.l_seen_at END`;

/** A run that has not ended lasts until now; one to which contact is lost until it was seen. */
const endedAt = `CASE WHEN ${lostContact} THEN e.l_seen_at ELSE coalesce(e.c_ended_at, ${now}) END`;

/** A column of what follows from a run's times: SQL over the row `e`. */
interface RunTimeColumn {
  name: string;
  type: "number" | "boolean" | "time";
  value: string;
}

export const runTimeColumns: readonly RunTimeColumn[] = [
  { name: "duration", type: "number", value: `((${endedAt} - e.c_started_at) / 1000)` },
  { name: "last_seen_at", type: "time", value: lastSeenAt },
  { name: "lost_contact", type: "boolean", value: lostContact },
];
