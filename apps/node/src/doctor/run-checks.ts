import { describeCause } from '@quayside/server'
import type { Values } from '../settings/settings.ts'
import { checkAccounts } from './checks/accounts.ts'
import { checkConfirm } from './checks/confirm.ts'
import { checkDatabase } from './checks/database.ts'
import { checkNode } from './checks/node.ts'
import { checkPages } from './checks/pages.ts'
import { checkProvider } from './checks/provider.ts'
import { checkReceiver } from './checks/receiver.ts'
import { checkSettings } from './checks/settings.ts'
import { checkWebhook } from './checks/webhook.ts'
import { type CheckName, type Finding, findingsOf } from './finding.ts'
import type { DoctorDeps } from './probe.ts'
import { readSettings } from './readable-settings.ts'

/** What is checked, and with which Node. */
export interface DoctorOptions {
  readonly values: Values
  readonly nodeVersion: string
  /** Whether the merchant's receiver is sent one signed event. */
  readonly sendTestEvent: boolean
}

const limitMs = 15_000

/** Runs every check at the same time, each for 15 seconds at most. A check that fails is a finding of its own. */
export async function runChecks(
  { values, nodeVersion, sendTestEvent }: DoctorOptions,
  deps: DoctorDeps,
): Promise<readonly Finding[]> {
  const settings = readSettings(values)
  const checks: Readonly<
    Record<Exclude<CheckName, 'clock'>, (signal: AbortSignal) => Promise<readonly Finding[]>>
  > = {
    node: async () => checkNode(nodeVersion),
    settings: async () => checkSettings(settings, values),
    database: () => checkDatabase(values, deps),
    provider: async (signal) => {
      const found = [checkProvider, checkAccounts].map((run) => run(settings, signal, deps))
      return (await Promise.all(found)).flat()
    },
    webhook: (signal) => checkWebhook(settings, signal, deps),
    receiver: (signal) => checkReceiver(settings, sendTestEvent, signal, deps),
    confirm: (signal) => checkConfirm(settings, signal, deps),
    pages: (signal) => checkPages(settings, signal, deps),
  }
  const found = await Promise.all(
    // The names are those of the table above.
    Object.entries(checks).map(([name, check]) => runBounded(name as CheckName, check, deps)),
  )
  return found.flat()
}

async function runBounded(
  name: CheckName,
  check: (signal: AbortSignal) => Promise<readonly Finding[]>,
  { sleep }: DoctorDeps,
): Promise<readonly Finding[]> {
  const { problem } = findingsOf(name)
  const controller = new AbortController()
  try {
    const findings = await Promise.race([
      check(controller.signal),
      sleep(limitMs, controller.signal).then(() => null),
    ])
    if (findings !== null) return findings
    const seconds = limitMs / 1000
    return [
      problem(
        'check_timeout',
        [`the check took more than ${seconds} s`, `${seconds}초 안에 확인이 끝나지 않았습니다`],
        [
          'run it again; if it lasts, look at the network',
          '다시 실행하고, 반복되면 네트워크를 확인하세요',
        ],
      ),
    ]
  } catch (error) {
    const cause = describeCause(error)
    return [
      problem('check_failed', [
        `the check failed: ${cause}`,
        `확인하는 도중 오류가 발생했습니다: ${cause}`,
      ]),
    ]
  } finally {
    controller.abort()
  }
}
