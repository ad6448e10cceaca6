import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

describe('the package in Node', () => {
  it('runs from its sources, with no build and no loader', async () => {
    const script = fileURLToPath(new URL('node.ts', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [script])
    expect(JSON.parse(stdout)).toEqual({ passed: 242, failed: [] })
  })
})
