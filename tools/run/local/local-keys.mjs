// What the local run needs to know and nobody should have to invent: made once, kept out of git.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const random = () => randomBytes(24).toString('base64url')
const makeEventSecret = () => `whsec_${randomBytes(32).toString('base64')}`

/**
 * Reads the local keys, or makes them. They must outlive a restart: the order tokens in a buyer's browser
 * are made with one of them.
 */
export function readKeys(file) {
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const keys = {
    impKey: random(),
    impSecret: random(),
    merchantKey: random(),
    orderTokenSecret: random(),
    personKeySecret: random(),
    eventSecret: makeEventSecret(),
    ...known,
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
  return keys
}
