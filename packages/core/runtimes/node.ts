import { run } from './suite.ts'

const report = run()
process.stdout.write(`${JSON.stringify(report)}\n`)
if (report.failed.length > 0) process.exitCode = 1
