import { expect, it } from 'vitest'
import { expected } from './expected.ts'
import { run } from './suite.ts'

it('T220: every case passes by the public entries of the packages, in Node and in workerd', async () => {
  expect(await run()).toEqual(expected)
})
