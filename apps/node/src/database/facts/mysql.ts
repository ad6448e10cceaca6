import { createConnection, type RowDataPacket } from 'mysql2/promise'
import type { DatabaseFacts } from './facts.ts'

/** Not every version has each of them. */
const names = [
  'transaction_isolation',
  'tx_isolation',
  'innodb_flush_log_at_trx_commit',
  'innodb_doublewrite',
  'log_bin',
  'sync_binlog',
]
/** The values with which a commit is on the disk when it is answered. */
const durable: Readonly<Record<string, string>> = {
  innodb_flush_log_at_trx_commit: '1',
  innodb_doublewrite: 'ON',
  sync_binlog: '1',
}

/** Reads what MySQL or MariaDB says of itself. Throws what the driver throws. */
export async function readMysqlFacts(url: string, limitMs: number): Promise<DatabaseFacts> {
  const connection = await createConnection({ uri: url, connectTimeout: limitMs })
  try {
    const list = names.map((name) => `'${name}'`).join(', ')
    const [rows] = await connection.query<RowDataPacket[]>(
      `SHOW VARIABLES WHERE Variable_name IN (${list})`,
    )
    const [times] = await connection.query<RowDataPacket[]>(
      'SELECT UNIX_TIMESTAMP(NOW(3)) AS seconds',
    )
    const variables = new Map(
      rows.map((row) => [String(row['Variable_name']), String(row['Value'])]),
    )
    const is = (name: string, value: string) => variables.get(name)?.toUpperCase() === value
    const isolation = variables.get('transaction_isolation') ?? variables.get('tx_isolation') ?? ''
    return {
      timeMs: Number(times[0]?.['seconds']) * 1000,
      isolation: isolation.toLowerCase().replace('-', ' '),
      unsafeSettings: Object.entries(durable)
        // Without a binary log its setting means nothing.
        .filter(([name]) => name !== 'sync_binlog' || is('log_bin', 'ON'))
        .filter(([name, value]) => variables.has(name) && !is(name, value))
        .map(([name]) => `${name} = ${variables.get(name)}`),
      mayCreateTables: null,
    }
  } finally {
    await connection.end()
  }
}
