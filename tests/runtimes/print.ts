import { stdout } from 'node:process'
import { run } from './suite.ts'

stdout.write(`${JSON.stringify(await run())}\n`)
