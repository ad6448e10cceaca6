// npm run simulator -- --port 8090: the simulator alone, for any program in any language.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundleProgram } from '../bundle/bundle-programs.mjs'

const program = await bundleProgram('simulator')
await import(pathToFileURL(resolve(program)).href)
