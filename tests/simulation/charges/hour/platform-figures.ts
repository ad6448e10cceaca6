/** What Cloudflare publishes or wrangler.toml sets, and what is assumed of the network. */
export const figures = {
  /** One database runs one statement after another: with 1 ms for each, a thousand a second (d1/platform/limits). */
  statementMs: 1,
  /** From an invocation to the database and back, in one region. */
  databaseMs: 10,
  /** The merchant's receiver of events. */
  receiverMs: 100,
  /** `max_batch_size` of the queue of events. */
  eventsPerBatch: 6,
  /** Invocations of a queue without `max_concurrency` (queues/platform/limits). */
  maxConcurrency: 250,
} as const
