// npm run check:package: what others would install, looked at with the tools made for it.
import { spawnSync } from 'node:child_process'

let isSound = true
for (const name of ['core', 'client', 'hono', 'simulator']) {
  for (const [tool, ...args] of [
    ['publint', `packages/${name}`, '--strict'],
    ['attw', '--pack', `packages/${name}`, '--profile', 'esm-only'],
  ]) {
    const { status, stdout, stderr } = spawnSync(`tools/manual/node_modules/.bin/${tool}`, args, {
      encoding: 'utf8',
    })
    console.log(`${status === 0 ? '✓' : '✗'} ${tool} ${name}`)
    if (status !== 0) console.error(stdout + stderr)
    isSound &&= status === 0
  }
}
process.exit(isSound ? 0 : 1)
