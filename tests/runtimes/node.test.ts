import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { expected } from './expected.ts'

it('core runs in Node from its sources, with no build and no loader', async () => {
  const script = fileURLToPath(new URL('core-alone.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script])
  expect(JSON.parse(stdout)).toEqual(expected.core)
})
