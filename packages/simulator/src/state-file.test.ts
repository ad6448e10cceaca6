import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMerchant } from '../test/merchant.ts'
import { createStateWriter, explainStateFailure, readState, toStateFile } from './state-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-state-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function takeSnapshot() {
  const { simulator, seedPayment } = createMerchant()
  await seedPayment({ imp_uid: 'imp_1', name: '우전 녹차' })
  return simulator.snapshot()
}

describe('a state file', () => {
  it('brings back what was written, and leaves no other file behind', async () => {
    const file = toStateFile(folder)
    const snapshot = await takeSnapshot()
    expect(createStateWriter(file)(snapshot)).toBeNull()
    expect(readState(file)).toEqual({ ok: true, snapshot })
    expect(readdirSync(folder)).toEqual(['simulator.json'])
  })

  it('is made in a folder, or under the name that was given', () => {
    expect(toStateFile(folder)).toBe(join(folder, 'simulator.json'))
    expect(toStateFile(join(folder, 'new/'))).toBe(join(folder, 'new', 'simulator.json'))
    expect(toStateFile(join(folder, 'own.json'))).toBe(join(folder, 'own.json'))
  })

  it('that does not exist yet is no failure', () => {
    expect(readState(join(folder, 'none.json'))).toEqual({ ok: true, snapshot: null })
  })

  it('is not written again when nothing changed', async () => {
    const file = toStateFile(folder)
    const write = createStateWriter(file)
    const snapshot = await takeSnapshot()
    write(snapshot)
    rmSync(file)
    write(snapshot)
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    ['half of it is missing', (text: string) => text.slice(0, text.length / 2)],
    ['a payment was changed in it', (text: string) => text.replace('imp_1', 'imp_2')],
    ['it is empty', () => ''],
    ['it is no JSON', () => '<html>\n</html>'],
    ['it is another JSON', () => '{"payments":[]}\n{}'],
    ['it is null', () => 'null\nnull'],
  ])('is refused with a clear message when %s', async (_, damage) => {
    const file = toStateFile(folder)
    createStateWriter(file)(await takeSnapshot())
    writeFileSync(file, damage(readFileSync(file, 'utf8')))
    const read = readState(file)
    expect(read).toEqual({ ok: false, failure: { reason: 'corrupt' } })
    if (read.ok) return
    expect(explainStateFailure(read.failure, file)).toBe(
      `The state ${file} is damaged. Delete the file to begin with nothing (npm start -- --fresh also empties the payment server).`,
    )
  })

  it('of another version is refused, and names both versions', async () => {
    const file = toStateFile(folder)
    createStateWriter(file)(await takeSnapshot())
    writeFileSync(file, readFileSync(file, 'utf8').replace('"version":2', '"version":7'))
    const read = readState(file)
    expect(read).toEqual({ ok: false, failure: { reason: 'other_version', version: 7 } })
    if (read.ok) return
    expect(explainStateFailure(read.failure, file)).toContain(
      'has version 7, this simulator reads 2',
    )
  })

  it('that cannot be written is reported, and the old one stays', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, 'not a folder')
    const failure = createStateWriter(join(file, 'simulator.json'))(await takeSnapshot())
    expect(failure?.reason).toBe('not_written')
    expect(readFileSync(file, 'utf8')).toBe('not a folder')
  })

  it('has a limit: a state beyond it is not written', async () => {
    const tier = { tier_code: 'T01', tier_name: 'x'.repeat(66 * 1024 * 1024) }
    const snapshot = { ...(await takeSnapshot()), tiers: [tier] }
    const failure = createStateWriter(toStateFile(folder))(snapshot)
    expect(failure).toMatchObject({ reason: 'too_large' })
    expect(readdirSync(folder)).toEqual([])
  })
})
