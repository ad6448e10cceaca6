import { fail, ok, type Result } from '@quayside/core'

/** Where the database is. */
export type DatabaseAddress =
  | { readonly kind: 'sqlite'; readonly path: string }
  | {
      readonly kind: 'postgres' | 'mysql'
      /** For the driver only: it contains the password. */
      readonly url: string
      readonly host: string
      readonly port: number
      readonly user: string
      readonly database: string
    }

/** Why an address cannot be used. It contains nothing of the address, which may have a password. */
export interface AddressFailure {
  readonly reason: 'address_malformed'
  readonly detail: string
}

const servers: Readonly<Record<string, { kind: 'postgres' | 'mysql'; port: number }>> = {
  'postgres:': { kind: 'postgres', port: 5432 },
  'postgresql:': { kind: 'postgres', port: 5432 },
  'mysql:': { kind: 'mysql', port: 3306 },
  'mariadb:': { kind: 'mysql', port: 3306 },
}

/**
 * Reads the address of a database.
 *
 * @param text `postgres://`, `postgresql://`, `mysql://` or `mariadb://` with user, password, host and database, or the
 * path of a SQLite file, with or without `sqlite:` or `file:` before it.
 * @returns The address. Fails with `address_malformed`.
 */
export function parseDatabaseAddress(text: string): Result<DatabaseAddress, AddressFailure> {
  const scheme = /^([a-z][a-z0-9+.-]+:)(\/\/)?/i.exec(text)
  if (scheme === null) return toFile(text)
  const [prefix, name = ''] = scheme
  const protocol = name.toLowerCase()
  if (protocol === 'sqlite:' || protocol === 'file:') return toFile(text.slice(prefix.length))
  const server = servers[protocol]
  if (server === undefined)
    return malformed('it begins with neither postgres://, mysql:// nor sqlite:')
  if (text.includes('#')) return malformed('it contains a #, which is written %23 in a password')
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null) {
    return malformed(
      'it is not a URL; reserved characters of a password have to be percent-encoded',
    )
  }
  const database = decode(url.pathname.slice(1))
  const user = decode(url.username)
  if (database === null || user === null) return malformed('its percent-encoding is broken')
  if (database === '') return malformed('it names no database: …/<database>')
  const withDriversName = server.kind === 'mysql' ? text.replace(/^mariadb:/i, 'mysql:') : text
  return ok({
    kind: server.kind,
    url: withDriversName,
    // A socket of PostgreSQL is a folder in the query.
    host: url.searchParams.get('host') ?? (url.hostname || 'localhost'),
    port: url.port === '' ? server.port : Number(url.port),
    user,
    database,
  })
}

/** Describes an address in a line of text, without its password. */
export function describeAddress(address: DatabaseAddress): string {
  if (address.kind === 'sqlite') return `SQLite ${address.path}`
  const { kind, user, host, port, database } = address
  const name = kind === 'postgres' ? 'PostgreSQL' : 'MySQL'
  return `${name} ${user === '' ? '' : `${user}@`}${host}:${port}/${database}`
}

function toFile(path: string): Result<DatabaseAddress, AddressFailure> {
  return path.trim() === '' ? malformed('it has no path') : ok({ kind: 'sqlite', path })
}

function malformed(detail: string): Result<never, AddressFailure> {
  return fail({ reason: 'address_malformed', detail })
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
