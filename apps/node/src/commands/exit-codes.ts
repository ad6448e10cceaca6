/** What the exit code of the program says. */
export const exitCodes = {
  /** It did what it was asked for, or was stopped. */
  done: 0,
  /** An error that should not happen; the log has its cause. */
  failed: 1,
  /** A flag or a setting is missing or malformed. */
  settings: 2,
  /** The database cannot be used. */
  database: 3,
  /** The address to listen on cannot be used. */
  address: 4,
} as const
