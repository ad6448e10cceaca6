import { expect, it } from 'vitest'
import { bundle } from '../../tools/run/bundle/bundle.mjs'

it('a deployed worker has no clock that anybody can move; the one of npm start has', async () => {
  const [deployed, local] = await Promise.all([
    bundle('apps/worker/src/index.ts'),
    bundle('tools/run/local/worker.ts'),
  ])
  const follows = ({ text }: { text: string }) => /_simulator|ahead_ms/.test(text)
  expect([follows(deployed), follows(local)]).toEqual([false, true])
})
