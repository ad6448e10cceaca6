import { join } from 'node:path'
import { createPool } from 'mysql2/promise'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { checkDatabase } from '../../src/doctor/checks/database.ts'
import { createFolder, run } from '../program.ts'

const postgresUrl = process.env['POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432'
const mysqlUrl = process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306'
const name = `quayside_doctor_${crypto.randomUUID().slice(0, 8)}`

const deps = { now: () => new Date(), log: () => undefined }
const examine = async (DATABASE_URL: string) => {
  const found = await checkDatabase({ DATABASE_URL }, deps)
  return found.map(({ level, code }) => `${level} ${code}`)
}

/** Runs statements as the administrator of a server; false where there is no server. */
async function administer(run: () => Promise<unknown>, variable: string): Promise<string> {
  try {
    await run()
    return ''
  } catch (error) {
    if (process.env['CI'] === 'true') throw error
    return ` (needs a server: start one, or set ${variable} to its address)`
  }
}

const admin = new pg.Pool({ connectionString: postgresUrl, max: 1 })
const mysqlAdmin = createPool({ uri: mysqlUrl, connectionLimit: 1 })
const withoutPostgres = await administer(
  () => admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`),
  'POSTGRES_URL',
)
const withoutMysql = await administer(
  () => mysqlAdmin.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`),
  'MYSQL_URL',
)

afterAll(async () => {
  if (withoutPostgres === '') await admin.query(`DROP DATABASE ${name}`)
  if (withoutMysql === '') await mysqlAdmin.query(`DROP DATABASE ${name}`)
  await admin.end()
  await mysqlAdmin.end()
})

describe.skipIf(withoutPostgres !== '')(`quayside doctor on PostgreSQL${withoutPostgres}`, () => {
  const url = `${postgresUrl}/${name}`
  const set = (setting: string) => admin.query(`ALTER DATABASE ${name} SET ${setting}`)

  it('finds missing migrations, and none once they are applied', async () => {
    expect(await examine(url)).toContain('problem migrations_missing')
    expect((await run(['migrate'], { DATABASE_URL: url })).code).toBe(0)
    expect(await examine(url)).toEqual(
      expect.arrayContaining(['ok database_current', 'ok clock_of_database']),
    )
  })

  it('finds a database that is read-only, loses commits, or has another isolation level', async () => {
    await set('default_transaction_read_only = on')
    expect(await examine(url)).toEqual(['problem read_only'])
    await set('default_transaction_read_only = off')
    await set('synchronous_commit = off')
    await set("default_transaction_isolation = 'serializable'")
    expect(await examine(url)).toEqual([
      'ok database_current',
      'warning database_not_durable',
      'warning database_isolation',
      'ok clock_of_database',
    ])
    await admin.query(`ALTER DATABASE ${name} RESET ALL`)
  })

  it('says why a database cannot be used, without its password', async () => {
    const [found] = await checkDatabase(
      { DATABASE_URL: `${url.replace('postgres@', 'postgres:p4ssw0rd@')}_none` },
      deps,
    )
    expect(found).toMatchObject({ level: 'problem', code: 'database_missing' })
    expect(found?.message.ko).toMatch(/_none 데이터베이스가 없습니다$/)
    expect(found?.advice).toEqual({
      en: 'Create it, or correct its name in DATABASE_URL',
      ko: '데이터베이스를 만들거나 DATABASE_URL의 이름을 고치세요',
    })
    expect(JSON.stringify(found)).not.toContain('p4ssw0rd')
    expect(await examine('postgres://postgres@127.0.0.1:1/x')).toEqual([
      'problem connection_refused',
    ])
    expect(await examine('oracle://127.0.0.1/x')).toEqual(['problem address_malformed'])
  })
})

describe.skipIf(withoutMysql !== '')(`quayside doctor on MariaDB${withoutMysql}`, () => {
  it('finds missing migrations, and none once they are applied', async () => {
    const url = `${mysqlUrl}/${name}`
    expect(await examine(url)).toContain('problem migrations_missing')
    expect((await run(['migrate'], { DATABASE_URL: url })).code).toBe(0)
    expect(await examine(url)).toEqual(
      expect.arrayContaining(['ok database_current', 'ok clock_of_database']),
    )
  })
})

describe('quayside doctor on SQLite', () => {
  it('finds a folder that is missing, and a file that is no database', async () => {
    const folder = createFolder()
    expect(await examine(join(folder, 'none', 'quayside.db'))).toEqual([
      'problem path_not_writable',
    ])
    expect(await examine(join(folder, 'quayside.db'))).toEqual(['ok database_new'])
    expect(await examine('package.json')).toEqual(['problem not_a_database'])
  })
})
