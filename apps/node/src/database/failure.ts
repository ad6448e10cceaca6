import { describeCause } from '@quayside/server'
import { type AddressFailure, type DatabaseAddress, describeAddress } from './address.ts'

/** Why a database refuses or cannot be reached, as its own error says. */
export type RefusalReason =
  | 'connection_refused'
  | 'host_unknown'
  | 'connection_timeout'
  | 'tls_failed'
  | 'authentication_failed'
  | 'database_missing'
  | 'rights_missing'
  | 'read_only'
  | 'disk_full'
  | 'too_many_connections'
  | 'path_missing'
  | 'path_not_writable'
  | 'not_a_database'
  | 'database_locked'
  | 'database_failed'

/** A refusal; `cause` is the database's own error. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly cause: unknown
}

/** Why the server cannot use a database. */
export type DatabaseFailure =
  | AddressFailure
  | Refusal
  /** The server of the database is older than the first version that works. */
  | { readonly reason: 'version_unsupported'; readonly version: string; readonly required: string }
  /** The database would change or refuse some text. */
  | { readonly reason: 'encoding_unsupported'; readonly found: string; readonly required: string }
  /** Tables of this version are missing. */
  | { readonly reason: 'migrations_missing'; readonly missing: readonly string[] }
  /** A newer version has migrated the database. */
  | { readonly reason: 'migrations_unknown'; readonly unknown: readonly string[] }

/** What is wrong, at which address, and what to do about it; without a password. */
export interface Explanation {
  readonly fact: string
  /** Null where only the cause says what to do. */
  readonly advice: string | null
}

/** Puts an explanation into one line. */
export function toLine({ fact, advice }: Explanation): string {
  return advice === null ? `${fact}.` : `${fact}. ${advice}.`
}

/** Explains a failure to an operator. */
export function explainDatabase(
  failure: DatabaseFailure,
  address: DatabaseAddress | null,
): Explanation {
  const place = address === null ? 'the database' : describeAddress(address)
  const user = address !== null && address.kind !== 'sqlite' ? address.user : ''
  switch (failure.reason) {
    case 'address_malformed':
      return {
        fact: `The address of the database cannot be read: ${failure.detail}`,
        advice: 'Check DATABASE_URL',
      }
    case 'connection_refused':
      return {
        fact: `Nothing answers at ${place}`,
        advice: 'Start the database, or correct host and port in DATABASE_URL',
      }
    case 'host_unknown':
      return { fact: `The host of ${place} is unknown`, advice: 'Correct its name in DATABASE_URL' }
    case 'connection_timeout':
      return {
        fact: `${place} did not answer in time`,
        advice: 'Check the network between, its firewall, and the load of the database',
      }
    case 'tls_failed':
      return {
        fact: `${place} could not be reached by TLS: ${describeCause(failure.cause)}`,
        advice: 'Check the parameters of DATABASE_URL and the certificate',
      }
    case 'authentication_failed':
      return { fact: `${place} refused user or password`, advice: 'Correct them in DATABASE_URL' }
    case 'database_missing':
      return {
        fact: `The database of ${place} does not exist`,
        advice: 'Create it, or correct its name in DATABASE_URL',
      }
    case 'rights_missing':
      return {
        fact: `The user ${user} lacks a right on ${place}: ${describeCause(failure.cause)}`,
        advice: 'Grant it',
      }
    case 'read_only':
      return {
        fact: `${place} is read-only`,
        advice: 'Use the address of the primary server, or make the file writable',
      }
    case 'disk_full':
      return { fact: `The disk of ${place} is full`, advice: 'Free space on it' }
    case 'too_many_connections':
      return {
        fact: `${place} has no connection left`,
        advice: 'Lower DATABASE_CONNECTIONS, or raise the limit of the database',
      }
    case 'path_missing':
      return {
        fact: `The folder of ${place} does not exist`,
        advice: 'Create it, or correct the path',
      }
    case 'path_not_writable':
      return {
        fact: `${place} cannot be opened for writing`,
        advice: 'Give this user the right to write the file and its folder',
      }
    case 'not_a_database':
      return {
        fact: `${place} is another kind of file, or damaged`,
        advice: 'Correct the path, or restore the file',
      }
    case 'database_locked':
      return {
        fact: `${place} is locked by another program`,
        advice: 'Close what holds a transaction open',
      }
    case 'database_failed':
      return { fact: `${place} failed: ${describeCause(failure.cause)}`, advice: null }
    case 'version_unsupported':
      return {
        fact: `${place} has the version ${failure.version}; ${failure.required} or later is needed`,
        advice: 'Upgrade it',
      }
    case 'encoding_unsupported':
      return {
        fact: `${place} has the encoding ${failure.found}; ${failure.required} is needed`,
        advice: 'Create the database with it',
      }
    case 'migrations_missing':
      return {
        fact: `${place} lacks the migrations ${failure.missing.join(', ')}`,
        advice: 'Run quayside migrate',
      }
    case 'migrations_unknown':
      return {
        fact: `${place} was migrated by a newer version of Quayside (${failure.unknown.join(', ')})`,
        advice: 'Run that version',
      }
  }
}
