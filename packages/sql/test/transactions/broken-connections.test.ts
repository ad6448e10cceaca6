import { createPool } from 'mysql2/promise'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { merchantUid } from '../../../core/fixtures/sample.ts'
import { createMysqlStore, createPostgresStore } from '../../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase, mysqlUrl, postgresUrl } from '../databases.ts'
import { createProxy, type Proxy } from './proxy.ts'

/** What PostgreSQL sends last when it is ended: a fatal error with the code `admin_shutdown`. */
const fatal = Buffer.from('E\0\0\0\x1dSFATAL\0C57P01\0Mterminating\0\0', 'latin1')
/** The end of what PostgreSQL sends when a connection can be used. */
const readyForQuery = Buffer.from('Z\0\0\0\x05I', 'latin1')

/** A proxy that adds the fatal error to whatever makes a connection usable, as one packet, until it is told to stop. */
async function createEndingProxy(): Promise<Proxy & { readonly stop: () => void }> {
  let isEnding = true
  const proxy = await createProxy(postgresUrl, (client, upstream) => {
    client.pipe(upstream)
    upstream.on('data', (data) => {
      const isReady = data.subarray(-readyForQuery.length).equals(readyForQuery)
      if (isEnding && isReady) client.end(Buffer.concat([data, fatal]))
      else client.write(data)
    })
  })
  return {
    ...proxy,
    stop() {
      isEnding = false
    },
  }
}

const postgres = await createPostgresDatabase()
describe.skipIf(postgres.isMissing)(`a store on PostgreSQL${postgres.note}`, async () => {
  const proxy = await createEndingProxy()
  const pool = new pg.Pool({ connectionString: proxy.through(postgres.url), max: 2 })
  pool.on('error', () => undefined)
  const { orders } = createPostgresStore(pool)
  afterAll(async () => {
    await pool.end()
    await proxy.close()
    await postgres.drop()
  })

  it('T106: outlives a server that is ended while a connection to it is made', async () => {
    const id = merchantUid('ORD-1')
    for (let times = 0; times < 3; times++) {
      expect(await orders.find(id)).toMatchObject({ failure: { reason: 'store_unavailable' } })
    }
    proxy.stop()
    expect(await orders.find(id)).toMatchObject({ failure: { reason: 'order_unknown' } })
  })
})

const mysql = await createMysqlDatabase()
describe.skipIf(mysql.isMissing)(`a store on MySQL or MariaDB${mysql.note}`, async () => {
  const sockets = new Set<() => void>()
  const proxy = await createProxy(mysqlUrl, (client, upstream) => {
    client.pipe(upstream).pipe(client)
    sockets.add(() => client.destroy())
  })
  const pool = createPool({ uri: proxy.through(mysql.url), connectionLimit: 2 })
  const { orders } = createMysqlStore(pool)
  afterAll(async () => {
    await pool.end()
    await proxy.close()
    await mysql.drop()
  })

  it('T106: outlives a connection that reports twice that it broke', async () => {
    const id = merchantUid('ORD-1')
    const connection = await pool.getConnection()
    connection.release()
    expect(await orders.find(id)).toMatchObject({ failure: { reason: 'order_unknown' } })
    connection.connection.emit('error', new Error('read ECONNRESET'))
    connection.connection.emit('error', new Error("Can't write in closed state"))
    for (const destroy of sockets) destroy()
    expect(await orders.find(id)).toMatchObject({ failure: { reason: 'order_unknown' } })
  })
})
