import pg from 'pg'
import type { DatabaseFacts } from './facts.ts'

const query = `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS time_ms,
  current_setting('default_transaction_isolation') AS isolation,
  coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create,
  current_setting('fsync') AS fsync,
  current_setting('synchronous_commit') AS synchronous_commit,
  current_setting('full_page_writes') AS full_page_writes`

/** Reads what PostgreSQL says of itself. Throws what the driver throws. */
export async function readPostgresFacts(url: string, limitMs: number): Promise<DatabaseFacts> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: limitMs,
    query_timeout: limitMs,
  })
  await client.connect()
  try {
    const { rows } = await client.query<Readonly<Record<string, unknown>>>(query)
    const row = rows[0] ?? {}
    const names = ['fsync', 'synchronous_commit', 'full_page_writes']
    return {
      timeMs: Number(row['time_ms']),
      isolation: String(row['isolation']),
      unsafeSettings: names.filter((name) => row[name] === 'off').map((name) => `${name} = off`),
      mayCreateTables: row['may_create'] === true,
    }
  } finally {
    await client.end()
  }
}
