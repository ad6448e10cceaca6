// npm run build: the four packages as they are published, each after those it needs.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'

for (const name of ['core', 'client', 'hono', 'simulator']) {
  const folder = `packages/${name}`
  rmSync(`${folder}/dist`, { recursive: true, force: true })
  const config = `${folder}/tsconfig.build.json`
  const { status } = spawnSync('node_modules/.bin/tsc', ['-p', config], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  console.log(`${folder}/dist`)
}
