import { authenticate, type ClientFailure, createClient, users } from '@quayside/client'
import type { Mode } from '@quayside/core'
import { describeCause } from '@quayside/server'
import { type ClockReading, compareClocks } from '../clock.ts'
import { type Finding, findingsOf } from '../finding.ts'
import type { DoctorDeps } from '../probe.ts'
import type { ReadableSettings } from '../readable-settings.ts'
import { checkChannelRules } from './channel-rules.ts'
import { adviseOn } from './setting-advice.ts'

const found = findingsOf('provider')
const live = 'https://api.iamport.kr'

/** Whether the provider accepts the keys, and whether the account has channels for the mode. */
export async function checkProvider(
  { mode, read }: ReadableSettings,
  signal: AbortSignal,
  { fetch, now, sleep }: DoctorDeps,
): Promise<readonly Finding[]> {
  const [key, secret] = [read('IMP_KEY'), read('IMP_SECRET')]
  if (key === null || secret === null) {
    return [
      found.warning(
        'provider_not_checked',
        [
          'the keys cannot be checked without a valid IMP_KEY and IMP_SECRET',
          'IMP_KEY 또는 IMP_SECRET이 없거나 형식이 올바르지 않아 API 키를 확인할 수 없습니다',
        ],
        ['set both', '두 값을 모두 올바르게 설정하세요'],
      ),
    ]
  }
  const baseUrl = read('PROVIDER_URL') ?? live
  let reading: ClockReading | null = null
  const timedFetch = async (request: Request): Promise<Response> => {
    const askedAtMs = now().getTime()
    const response = await fetch(request)
    const saysMs = Date.parse(response.headers.get('date') ?? '')
    if (!Number.isNaN(saysMs)) {
      reading = { askedAtMs, answeredAtMs: now().getTime(), saysMs, precisionMs: 1_000 }
    }
    return response
  }
  const client = createClient({
    key,
    secret,
    baseUrl,
    fetch: timedFetch,
    now: () => now().getTime(),
    sleep,
  })
  const granted = await client.call(
    authenticate.getToken,
    { imp_key: key, imp_secret: secret },
    { signal },
  )
  const ofKeys = granted.ok
    ? [acceptKeys(baseUrl), ...(await checkChannels())]
    : [explainRefusal(granted.failure, baseUrl)]
  return reading === null
    ? ofKeys
    : [...ofKeys, compareClocks(reading, 'clock_of_provider', ['PortOne', '포트원'])]

  async function checkChannels(): Promise<readonly Finding[]> {
    const listed = await client.call(users.pg, {}, { signal })
    if (!listed.ok) return [unknownChannels(listed.failure)]
    const channels = Array.isArray(listed.value) ? listed.value : []
    return mode === null
      ? []
      : [
          compareChannels(
            mode,
            channels.map(({ sandbox }) => sandbox === true),
          ),
          ...checkChannelRules(mode, channels),
        ]
  }
}

function acceptKeys(baseUrl: string): Finding {
  return found.ok(
    'keys_accepted',
    baseUrl === live
      ? [
          'PortOne accepts IMP_KEY and IMP_SECRET',
          'IMP_KEY와 IMP_SECRET으로 포트원 인증에 성공했습니다',
        ]
      : [
          'the simulator of PROVIDER_URL accepts IMP_KEY and IMP_SECRET',
          'IMP_KEY와 IMP_SECRET으로 PROVIDER_URL의 시뮬레이터 인증에 성공했습니다',
        ],
  )
}

function compareChannels(mode: Mode, areSandboxes: readonly boolean[]): Finding {
  const wanted = mode === 'test'
  const matching = areSandboxes.filter((isSandbox) => isSandbox === wanted).length
  const counts = `${matching}/${areSandboxes.length}`
  if (matching > 0) {
    return found.ok('channels_of_mode', [
      `${counts} payment channels are for ${mode} mode`,
      `결제 채널 ${counts}개가 ${mode} 모드용입니다`,
    ])
  }
  return mode === 'live'
    ? found.problem(
        'no_live_channel',
        [
          'the account has no live channel: live mode accepts no payment of a test channel',
          '실연동 채널이 없습니다. live 모드는 테스트 채널의 결제를 받지 않습니다',
        ],
        [
          'add a live channel in the PortOne console > 결제 연동 > 실연동 관리, or set MODE to test',
          '포트원 관리자 콘솔 > 결제 연동 > 실연동 관리에서 채널을 추가하거나 MODE를 test로 바꾸세요',
        ],
      )
    : found.warning(
        'no_test_channel',
        ['the account has no test channel', '테스트 채널이 없습니다'],
        [
          'add one in the PortOne console > 결제 연동 > 테스트 연동 관리, or set MODE to live',
          '포트원 관리자 콘솔 > 결제 연동 > 테스트 연동 관리에서 채널을 추가하거나 MODE를 live로 바꾸세요',
        ],
      )
}

function unknownChannels(failure: ClientFailure): Finding {
  const cause = describeCause(failure)
  return found.warning(
    'channels_unknown',
    [
      `the payment channels could not be read: ${cause}`,
      `결제 채널 목록을 읽지 못했습니다: ${cause}`,
    ],
    [
      'look in the PortOne console whether the channels are for this mode',
      '포트원 관리자 콘솔에서 채널이 이 모드용인지 확인하세요',
    ],
  )
}

function explainRefusal(failure: ClientFailure, baseUrl: string): Finding {
  if (failure.reason === 'unauthorized') {
    return found.problem(
      'keys_refused',
      [
        'PortOne refuses IMP_KEY or IMP_SECRET',
        'IMP_KEY 또는 IMP_SECRET이 올바르지 않아 포트원 인증에 실패했습니다',
      ],
      [
        `IMP_KEY: ${adviseOn('IMP_KEY').en}. IMP_SECRET: ${adviseOn('IMP_SECRET').en}`,
        `${adviseOn('IMP_KEY').ko}. ${adviseOn('IMP_SECRET').ko}`,
      ],
    )
  }
  const { host, hostname } = new URL(baseUrl)
  const cause = failure.reason === 'timeout' ? 'timeout' : describeFailure(failure)
  return found.problem(
    'provider_unavailable',
    [
      `${host} gives no usable response: ${cause}`,
      `${host}에서 정상 응답을 받지 못했습니다: ${cause}`,
    ],
    baseUrl === live
      ? [
          `let this machine reach ${hostname} on port 443 (DNS, firewall, proxy), or try again later`,
          `이 서버에서 ${hostname}의 443 포트에 접속할 수 있는지(DNS, 방화벽, 프록시) 확인하거나 잠시 후 다시 실행하세요`,
        ]
      : [
          'start the simulator (quayside-simulator), or correct PROVIDER_URL',
          '시뮬레이터가 실행 중인지 확인하세요(quayside-simulator). 주소가 다르다면 PROVIDER_URL을 고치세요',
        ],
  )
}

function describeFailure(failure: ClientFailure): string {
  const status = 'httpStatus' in failure ? ` (HTTP ${failure.httpStatus})` : ''
  const cause = 'cause' in failure ? `: ${describeCause(failure.cause)}` : ''
  return `${failure.reason}${status}${cause}`
}
