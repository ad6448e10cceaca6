import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { explainNode } from './node-version.ts'

it.each(['20.20.2', '18.19.0', '22.18.0'])('says what to do on Node %s', (version) => {
  expect(explainNode(version)).toBe(
    `quayside needs Node 22.19 or newer, and this is Node ${version}: install it from https://nodejs.org, then start quayside again.`,
  )
})

it.each(['22.19.0', '24.0.0', '26.1.0'])('says nothing on Node %s', (version) => {
  expect(explainNode(version)).toBeNull()
})

it('is the version that the package asks for', () => {
  const { engines } = JSON.parse(readFileSync('apps/node/package.json', 'utf8'))
  expect(explainNode(engines.node.replace('>=', '') + '.0')).toBeNull()
  expect(explainNode('22.18.9')).not.toBeNull()
})
