import { readdirSync, readFileSync } from 'node:fs'
import { channels } from '@quayside/rules/all'
import { loadRules } from '@quayside/rules/load'
import { orderRules } from '@quayside/rules/orders'
import { describe, expect, it } from 'vitest'
import { toOrderRules, toSourceAddress } from '../src/index.ts'

const root = new URL('..', import.meta.url)
const folder = new URL('src/channels/', root)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\/\w+\.ts$/.test(file))
  .map((file) => file.replace(/\.ts$/, ''))
const codes = files.map((file) => file.split('/').at(-1) ?? '').toSorted()

describe('the tables', () => {
  it('are one file for each PG, in folders of at most 15', () => {
    const sizes = Object.groupBy(files, (file) => file.split('/')[0] ?? '')
    expect(codes).toEqual(Object.keys(channels).toSorted())
    expect(Object.values(sizes).every((group) => (group?.length ?? 0) <= 15)).toBe(true)
  })

  it('are installed one by one, under the code of the PG', () => {
    const { exports }: { readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
      readFileSync(new URL('package.json', root), 'utf8'),
    )
    const tables = ['all', 'load', 'orders', ...files]
    const names = tables.map((file) => `./${file.split('/').at(-1)}`)
    expect(Object.keys(exports).toSorted()).toEqual(['.', './package.json', ...names].toSorted())
    expect(names.map((name) => exports[name])).toEqual(
      tables.map((file) => ({
        types: `./dist/channels/${file}.d.ts`,
        default: `./dist/channels/${file}.js`,
      })),
    )
  })

  it('can be loaded by the code, with or without the MID', async () => {
    const loaded = await Promise.all(codes.map((code) => loadRules(`${code}.MID`)))
    expect(loaded).toEqual(codes.map((code) => channels[code]))
    expect(await loadRules('constructor')).toBe(null)
    expect(await loadRules('')).toBe(null)
  })

  it('have what concerns an order in a table of its own', () => {
    const derived = Object.values(channels)
      .map(toOrderRules)
      .filter(
        ({ rules, methods, currencies }) => rules.length > 0 || methods !== null || currencies,
      )
    expect(orderRules).toEqual(Object.fromEntries(derived.map((rules) => [rules.pg, rules])))
  })

  it('name themselves and their sources', () => {
    const wrong = Object.entries(channels).flatMap(([code, { pg, rules, needs, ...channel }]) => {
      const sources = [...rules, ...needs, channel.window].map(({ source }) => source)
      const bad = sources.filter((source) => !/^[\w/ .-]+\.(mdx|md|ts):\d+/.test(source))
      return [...(pg === code ? [] : [pg]), ...bad.map((source) => `${code} ${source}`)]
    })
    expect(wrong).toEqual([])
  })

  it('write conditions in the one way that is read', () => {
    const atom =
      /^(!?contract:\w+|feature=\w+|!?[\w.[\]]+|(device|os|env|mode|intent|ui|channel_type|buyer_country|[\w.[\]]+)!?=[\w-]+(\|[\w-]+)*)$/
    const wrong = Object.values(channels).flatMap(({ pg, rules, needs }) =>
      [...rules, ...needs].flatMap(({ when }) =>
        (when?.split(' || ') ?? [])
          .flatMap((all) => all.split(' & '))
          .filter((each) => !atom.test(each))
          .map((each) => `${pg} ${each}`),
      ),
    )
    expect(wrong).toEqual([])
  })
})

describe('the address of a source', () => {
  it('is a page and its lines', () => {
    const start =
      'https://github.com/portone-io/developers.portone.io/blob/af926bd2cdd7c3c6ee6d2e1f636e9a1f3268df32/src/routes/(root)'
    expect(
      [
        'danal.mdx:101-105',
        'nice-v2/readme.mdx:49; sdk payrq.mdx:332-338',
        'sdk payrq.mdx:82',
        'start/v1/non-auth.mdx:148-149',
        'iamport-manual en/General/sample/chai.md:19',
      ].map(toSourceAddress),
    ).toEqual([
      `${start}/opi/ko/integration/pg/v1/danal.mdx?plain=1#L101-L105`,
      `${start}/opi/ko/integration/pg/v1/nice-v2/readme.mdx?plain=1#L49`,
      `${start}/sdk/ko/v1-sdk/javascript-sdk/payrq.mdx?plain=1#L82`,
      `${start}/opi/ko/integration/start/v1/non-auth.mdx?plain=1#L148-L149`,
      'https://github.com/iamport/iamport-manual/blob/master/en/General/sample/chai.md?plain=1#L19',
    ])
  })
})
