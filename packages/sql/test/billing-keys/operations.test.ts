import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { afterRestore, copyDatabase, createSqliteStore, migrateSqlite } from '../../src/index.ts'
import { createKeyShop } from './key-shop.ts'

describe('billing keys in a database', () => {
  it('that was restored from a backup count their events from where none was', async () => {
    const shop = await createKeyShop()
    const { begun } = await shop.register()
    expect(await shop.read(begun)).toMatchObject({ sequence: 1 })
    const restored = await afterRestore({ kind: 'sqlite', database: shop.database })
    expect(restored).toEqual({ ok: true, value: 0 })
    expect(await shop.read(begun)).toMatchObject({ sequence: 1_001 })
    await shop.send(`/billing-keys/${String(begun['customer_uid'])}`, undefined, 'DELETE')
    await shop.nextMinute()
    const deleted = shop.events.find(({ type }) => type === 'billing_key.deleted')
    expect(deleted).toMatchObject({ data: { sequence: 1_003 } })
  })

  it('are copied to another database with everything that belongs to them', async () => {
    const shop = await createKeyShop()
    const { begun } = await shop.register()
    await shop.begin({ customer_id: 'member-2' })
    const target = new DatabaseSync(':memory:')
    await migrateSqlite(target)
    const copied = await copyDatabase(
      { kind: 'sqlite', database: shop.database },
      { kind: 'sqlite', database: target },
    )
    expect(copied).toMatchObject({ ok: true })
    const uid = String(begun['customer_uid'])
    const [from, to] = [shop.store, createSqliteStore(target)]
    expect(await to.billingKeys.findByKey(uid)).toEqual(await from.billingKeys.findByKey(uid))
    expect(await to.billingKeys.usableKeys('member/1', 'test')).toEqual({ ok: true, value: [uid] })
  })
})
