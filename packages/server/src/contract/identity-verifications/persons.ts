import { strict as assert } from 'node:assert'
import { type Contract, inRaces } from '../runner.ts'
import { create, races, record, refused, verified } from './samples.ts'

export function personsContract({ test }: Contract): void {
  const once = { isOncePerPerson: true, keepsPersonKey: false }

  test('a person is verified for a purpose once, and for another purpose as well', async ({
    store,
  }) => {
    const [first, second, other, any] = [
      await create(store, 1, once),
      await create(store, 2, once),
      await create(store, 3, { ...once, purpose: '성인 인증 ' }),
      await create(store, 4),
    ]
    const person = 'ci:person'
    assert.equal((await record(store, first, verified('imp_1', person))).status, 'verified')
    assert.deepEqual(await record(store, second, verified('imp_2', person)), second)
    assert.equal((await record(store, other, verified('imp_3', person))).status, 'verified')
    assert.equal((await record(store, any, verified('imp_4', person))).personKey, person)
    assert.equal((await record(store, second, verified('imp_2', 'ci:Person'))).status, 'verified')
  })

  test('whoever was refused may be verified later, and without a key nobody is a person', async ({
    store,
  }) => {
    const [first, second, third, fourth] = [
      await create(store, 1, once),
      await create(store, 2, once),
      await create(store, 3, once),
      await create(store, 4, once),
    ]
    await record(store, first, { ...refused('imp_1'), personKey: 'ci:person' })
    assert.equal((await record(store, second, verified('imp_2', 'ci:person'))).status, 'verified')
    assert.equal((await record(store, third, verified('imp_3'))).status, 'verified')
    assert.equal((await record(store, fourth, verified('imp_4'))).status, 'verified')
  })

  test('T143: of two verifications of one person at once one counts', async (context) => {
    await inRaces(
      context,
      async (race, first, second) => {
        const [one, other] = [
          await create(first, 2 * race, once),
          await create(second, 2 * race + 1, once),
        ]
        const person = `ci:${race}`
        const results = await Promise.all([
          record(first, one, verified(`imp_a${race}`, person)),
          record(second, other, verified(`imp_b${race}`, person)),
        ])
        assert.deepEqual(results.map(({ status }) => status).toSorted(), ['pending', 'verified'])
      },
      races,
    )
  })
}
