// npm run build: the program of apps/node as it is published.
import { rmSync } from 'node:fs'
import { bundleNodeProgram } from './bundle-programs.mjs'

rmSync(new URL('../../../apps/node/dist', import.meta.url), { recursive: true, force: true })
console.log(await bundleNodeProgram('apps/node/dist'))
