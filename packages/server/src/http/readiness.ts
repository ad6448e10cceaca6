import { authenticate, type Client } from '@quayside/client'
import { fail, ok, type Result } from '@quayside/core'
import type { AccountSettings } from '../config/account-settings.ts'
import { toPayee } from '../domain/payee.ts'
import { describeCause } from '../log.ts'
import type { HealthFailure } from '../ports/health.ts'
import { withTimeout } from '../timers.ts'
import type { AppDeps } from './deps.ts'
import type { ReadinessCheck } from './schemas/responses/health.ts'

/** Why the provider cannot be used. `cause` is for the log only. */
interface ProviderFailure {
  readonly reason: 'provider_refused_us' | 'provider_unavailable'
  readonly cause: unknown
}

type Outcome = Result<null, HealthFailure | ProviderFailure>

interface Check {
  readonly name: 'database' | 'provider' | 'accounts'
  /** The further account whose keys are checked, for the log. */
  readonly account?: string
  /** It runs at most once in this time: anybody may request it. */
  readonly everyMs: number
  /** The failure while there is no result in time. */
  readonly hanging: ReadinessCheck['reason']
  readonly run: () => Promise<Outcome>
  /** What the operator is to correct when the provider refuses the keys. */
  readonly wrongKeys: string
}

const maxCheckMs = 10_000
/** Secrets of both versions look alike, so only the provider's refusal shows which one was set. */
const toWrongKeys = (names: string) =>
  `${names} must be the REST API key and secret of V1, not an API secret of V2`

/**
 * Makes the checks of `GET /readyz`: the settings, which are complete once there is a server, the database and the provider's
 * keys, those of all further accounts as one; and that the process is not about to end. A failure is logged with its cause; the response has its reason only.
 */
export function createReadiness(deps: AppDeps): () => Promise<readonly ReadinessCheck[]> {
  const { client, config } = deps
  const wrongKeys = toWrongKeys('IMP_KEY and IMP_SECRET')
  const checkDatabase = createCheck(
    {
      name: 'database',
      everyMs: 5_000,
      hanging: 'store_unavailable',
      run: () => deps.store.health.check(),
      wrongKeys,
    },
    deps,
  )
  const checkProvider = createCheck(
    {
      name: 'provider',
      everyMs: 60_000,
      hanging: 'provider_unavailable',
      run: () => checkKeys(client, config),
      wrongKeys,
    },
    deps,
  )
  const checksOfAccounts = config.accounts.flatMap((each) => createAccountCheck(each, deps))
  return async () => {
    const [own, ofAccounts] = await Promise.all([
      runAll([checkDatabase, checkProvider]),
      runAll(checksOfAccounts),
    ])
    return [
      { name: 'settings', ok: true },
      ...own,
      ...(ofAccounts.length === 0 ? [] : [withoutNames(ofAccounts)]),
      ...(deps.isStopping() ? [{ name: 'process', ok: false, reason: 'stopping' } as const] : []),
    ]
  }
}

type RunCheck = () => Promise<ReadinessCheck>

function runAll(checks: readonly RunCheck[]): Promise<readonly ReadinessCheck[]> {
  return Promise.all(checks.map((run) => run()))
}

/** Anybody may ask, and the name of an account is the merchant's own business: the log has it. */
function withoutNames(checks: readonly ReadinessCheck[]): ReadinessCheck {
  const failed = checks.filter(({ ok }) => !ok)
  // Keys that are refused stay so until somebody corrects them.
  const worst = failed.find(({ reason }) => reason === 'provider_refused_us') ?? failed[0]
  if (worst === undefined) return { name: 'accounts', ok: true }
  return { ...worst, failed: failed.length }
}

function createAccountCheck(account: AccountSettings, deps: AppDeps): readonly RunCheck[] {
  const payee = toPayee({ account: account.name, tier: null })
  const client = payee === undefined ? null : (deps.payees?.clientOf(payee) ?? null)
  if (client === null) return []
  const check = createCheck(
    {
      name: 'accounts',
      account: account.name,
      everyMs: 60_000,
      hanging: 'provider_unavailable',
      run: () => checkKeys(client, account),
      wrongKeys: toWrongKeys('imp_key and imp_secret of each account in ACCOUNTS'),
    },
    deps,
  )
  return [check]
}

/** Asks for a token: a client may hold one from before the keys were revoked. */
async function checkKeys(
  client: Client,
  { impKey, impSecret }: Pick<AccountSettings, 'impKey' | 'impSecret'>,
): Promise<Result<null, ProviderFailure>> {
  const keys = { imp_key: impKey, imp_secret: impSecret }
  const granted = await client.call(authenticate.getToken, keys)
  if (granted.ok) return ok(null)
  const { failure: cause } = granted
  const isRefused = cause.reason === 'unauthorized'
  return fail({ reason: isRefused ? 'provider_refused_us' : 'provider_unavailable', cause })
}

/** Requests in the time of a check get its result, or wait for it. */
function createCheck(
  { name, account, everyMs, hanging, run, wrongKeys }: Check,
  { now, sleep, log }: AppDeps,
): RunCheck {
  let last: { readonly startedAt: number; readonly pending: Promise<ReadinessCheck> } | null = null
  const runAndLog = async (): Promise<ReadinessCheck> => {
    const outcome = await run()
    if (outcome.ok) return { name, ok: true }
    const { reason, cause } = outcome.failure
    const ofAccount = account === undefined ? {} : { account }
    log('not_ready', { name, ...ofAccount, reason, cause: describeCause(cause) })
    const detail = reason === 'provider_refused_us' ? { detail: wrongKeys } : {}
    return { name, ok: false, reason, ...detail }
  }
  return async () => {
    const at = now().getTime()
    if (last === null || at - last.startedAt >= everyMs) {
      last = { startedAt: at, pending: runAndLog() }
    }
    const checked = await withTimeout(last.pending, maxCheckMs, sleep)
    return checked ?? { name, ok: false, reason: hanging }
  }
}
