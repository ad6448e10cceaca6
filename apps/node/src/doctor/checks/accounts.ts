import { authenticate, type ClientFailure, createClient, users } from '@quayside/client'
import { type Config, describeCause } from '@quayside/server'
import { type Finding, findingsOf } from '../finding.ts'
import type { DoctorDeps } from '../probe.ts'
import type { ReadableSettings } from '../readable-settings.ts'

const found = findingsOf('provider')

/** An account whose keys and tiers are checked; the one of `IMP_KEY` has no name. */
interface Account {
  readonly name: string | null
  readonly key: string
  readonly secret: string
  readonly baseUrl: string
  readonly tiers: readonly string[]
}

/**
 * Whether the provider accepts the keys of each further account, and knows each tier. Nothing is asked where the settings name
 * neither, or are incomplete: then what is wrong with them is a finding already.
 */
export async function checkAccounts(
  { config }: ReadableSettings,
  signal: AbortSignal,
  deps: DoctorDeps,
): Promise<readonly Finding[]> {
  if (config === null) return []
  const checked = await Promise.all(
    toAccounts(config).map((account) => checkAccount(account, signal, deps)),
  )
  return checked.flat()
}

function toAccounts({ impKey, impSecret, providerUrl, tiers, accounts }: Config): Account[] {
  const own = { name: null, key: impKey, secret: impSecret, baseUrl: providerUrl, tiers }
  const others = accounts.map((each) => ({
    name: each.name,
    key: each.impKey,
    secret: each.impSecret,
    baseUrl: each.providerUrl ?? providerUrl,
    tiers: each.tiers,
  }))
  return [...(tiers.length === 0 ? [] : [own]), ...others]
}

async function checkAccount(
  { name, key, secret, baseUrl, tiers }: Account,
  signal: AbortSignal,
  { fetch, now, sleep }: DoctorDeps,
): Promise<readonly Finding[]> {
  const client = createClient({ key, secret, baseUrl, fetch, now: () => now().getTime(), sleep })
  const keys = { imp_key: key, imp_secret: secret }
  const granted = await client.call(authenticate.getToken, keys, { signal })
  // Those of IMP_KEY are a finding of their own.
  if (!granted.ok) return name === null ? [] : [explainAccount(name, granted.failure)]
  const ofTiers = await Promise.all(
    tiers.map(async (tier) => {
      const listed = await client.call(users.pg, {}, { signal, tier })
      return listed.ok ? [] : [explainTier(toSetting(name), tier, listed.failure)]
    }),
  )
  const failed = ofTiers.flat()
  const known = tiers.length - failed.length
  return [...(name === null ? [] : [acceptKeys(name)]), ...acceptTiers(name, known), ...failed]
}

const toSetting = (name: string | null) => (name === null ? 'TIERS' : `ACCOUNTS.${name}`)

function acceptKeys(name: string): Finding {
  return found.ok('account_keys_accepted', [
    `PortOne accepts the keys of ACCOUNTS.${name}`,
    `ACCOUNTS.${name}의 키로 포트원 인증에 성공했습니다`,
  ])
}

function acceptTiers(name: string | null, known: number): readonly Finding[] {
  if (known === 0) return []
  const setting = toSetting(name)
  return [
    found.ok('tiers_known', [
      `PortOne knows ${known} tiers of ${setting}`,
      `${setting}의 하위 상점 ${known}개를 포트원에서 확인했습니다`,
    ]),
  ]
}

function explainAccount(name: string, failure: ClientFailure): Finding {
  if (failure.reason === 'unauthorized') {
    return found.problem(
      'account_keys_refused',
      [
        `PortOne refuses the keys of ACCOUNTS.${name}`,
        `ACCOUNTS.${name}의 키가 올바르지 않아 포트원 인증에 실패했습니다`,
      ],
      [
        'imp_key and imp_secret must be the REST API key and secret of V1 of this account',
        'imp_key와 imp_secret에 이 계정의 V1 REST API Key와 REST API Secret을 입력하세요',
      ],
    )
  }
  return notChecked(`ACCOUNTS.${name}`, failure)
}

function explainTier(setting: string, tier: string, failure: ClientFailure): Finding {
  if (failure.reason === 'not_found' || failure.reason === 'unauthorized') {
    return found.problem(
      'tier_refused',
      [
        `PortOne knows no tier ${tier} of ${setting}, or refuses it`,
        `${setting}의 하위 상점 ${tier}이(가) 포트원에 없거나 거절됩니다`,
      ],
      [
        'correct the code, or ask PortOne to activate the tier',
        '하위 상점 코드를 확인하거나 포트원에 활성화를 요청하세요',
      ],
    )
  }
  return notChecked(`${setting} (${tier})`, failure)
}

function notChecked(what: string, failure: ClientFailure): Finding {
  const cause = describeCause(failure)
  return found.problem(
    'account_not_checked',
    [
      `PortOne gave no usable response for ${what}: ${cause}`,
      `${what}: 포트원에서 정상 응답을 받지 못했습니다: ${cause}`,
    ],
    [
      'run it again; if it lasts, look at the network',
      '다시 실행하고, 반복되면 네트워크를 확인하세요',
    ],
  )
}
