import { stdout } from 'node:process'
import { runCases } from './report.ts'
import { core } from './suites/core.ts'

stdout.write(`${JSON.stringify(await runCases(core))}\n`)
