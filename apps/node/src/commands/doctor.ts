import { createLog, sleepOnTimer } from '@quayside/server'
import { redactSecrets } from '../doctor/redact.ts'
import { formatReport, toJsonReport, worstOf } from '../doctor/report.ts'
import { runChecks } from '../doctor/run-checks.ts'
import type { Values } from '../settings/settings.ts'
import { exitCodes } from './exit-codes.ts'
import { type LanguageFlags, toLanguage } from './operator/language-flag.ts'

/** The flags of `quayside doctor`. */
export interface DoctorFlags extends LanguageFlags {
  readonly json?: true
  readonly sendTestEvent?: true
}

/** Checks settings, database, keys, webhook address, receiver, pages and clocks. Returns the exit code. */
export async function doctor(values: Values, flags: DoctorFlags): Promise<number> {
  const language = toLanguage(flags)
  const now = () => new Date()
  const findings = await runChecks(
    { values, nodeVersion: process.versions.node, sendTestEvent: flags.sendTestEvent === true },
    {
      fetch: (request) => fetch(request),
      now,
      sleep: sleepOnTimer,
      log: createLog((line) => process.stderr.write(`${redactSecrets(line, values)}\n`), now),
    },
  )
  const report = flags.json === true ? toJsonReport : formatReport
  process.stdout.write(`${redactSecrets(report(findings, language), values)}\n`)
  return worstOf(findings) === 'problem' ? exitCodes.failed : exitCodes.done
}
