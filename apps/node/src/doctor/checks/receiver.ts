import { createEventSigner } from '@quayside/server'
import { type Finding, findingsOf } from '../finding.ts'
import { type DoctorDeps, probe } from '../probe.ts'
import type { ReadableSettings } from '../readable-settings.ts'
import { adviseOn } from './setting-advice.ts'

const found = findingsOf('receiver')
const headers = { 'content-type': 'application/json', 'user-agent': 'Quayside' }

/** A type that no order has: receivers ignore what they do not know. */
const testType = 'receiver.test'

/**
 * Whether the merchant's receiver answers and refuses what is not signed.
 *
 * @param sendTestEvent Whether it is also sent one signed event of the type `receiver.test`, which it should accept.
 */
export async function checkReceiver(
  { mode, read }: ReadableSettings,
  sendTestEvent: boolean,
  signal: AbortSignal,
  deps: DoctorDeps,
): Promise<readonly Finding[]> {
  const url = read('EVENT_URL')
  if (url === null) {
    return [
      found.warning(
        'receiver_not_checked',
        [
          'the event receiver cannot be checked without a valid EVENT_URL',
          'EVENT_URL이 없거나 형식이 올바르지 않아 이벤트 수신 서버를 확인할 수 없습니다',
        ],
        [`EVENT_URL: ${adviseOn('EVENT_URL').en}`, adviseOn('EVENT_URL').ko],
      ),
    ]
  }
  const at = deps.now()
  const body = JSON.stringify({ type: testType, timestamp: at.toISOString(), data: { mode } })
  const post = (signature: Readonly<Record<string, string>>) =>
    probe(url, { method: 'POST', headers: { ...headers, ...signature }, body }, signal, deps)

  const unsigned = await post({})
  if (!unsigned.ok) return [unreachable(url, unsigned.failure.cause)]
  const { status } = unsigned.value
  if (status >= 200 && status < 300) return [unverified(status)]
  if (status === 404 || status === 405 || status >= 500 || status < 400)
    return [notReceiving(url, status)]
  const refused = found.ok('unsigned_refused', [
    `the event receiver refuses what is not signed (HTTP ${status})`,
    `이벤트 수신 서버가 서명 없는 요청을 거절합니다(HTTP ${status})`,
  ])
  const secrets = read('EVENT_SECRETS')
  if (!sendTestEvent || secrets === null) return [refused]

  const sign = createEventSigner(secrets.split(',').map((each) => each.trim()))
  const signed = await post(sign(`${testType}:${at.getTime()}`, at, body))
  if (!signed.ok) return [refused, unreachable(url, signed.failure.cause)]
  return [refused, explainSigned(signed.value.status)]
}

function explainSigned(status: number): Finding {
  return status >= 200 && status < 300
    ? found.ok('test_event_accepted', [
        `it accepts a signed test event (HTTP ${status})`,
        `서명된 테스트 이벤트를 받았습니다(HTTP ${status})`,
      ])
    : found.problem(
        'test_event_refused',
        [
          `it refuses a signed test event (HTTP ${status})`,
          `서명된 테스트 이벤트를 거절했습니다(HTTP ${status})`,
        ],
        [
          'give the receiver the same secret as EVENT_SECRETS, let it verify the body as it was received, and answer 204 to types that it does not know',
          '수신 서버에 EVENT_SECRETS와 같은 값을 설정하고, 받은 본문을 변형하지 않은 상태로 검증하며, 모르는 type에는 204로 응답하세요',
        ],
      )
}

function unreachable(url: string, cause: string): Finding {
  return found.problem(
    'receiver_unreachable',
    [
      `the event receiver ${url} does not answer: ${cause}`,
      `이벤트 수신 서버 ${url}가 응답하지 않습니다: ${cause}`,
    ],
    [
      'start it, or correct EVENT_URL; events wait meanwhile and are tried for three days',
      '수신 서버를 시작하거나 EVENT_URL을 고치세요. 그동안 이벤트는 보관되며 3일 동안 재전송됩니다',
    ],
  )
}

function unverified(status: number): Finding {
  return found.problem(
    'unsigned_accepted',
    [
      `the event receiver accepts an event without a signature (HTTP ${status}): anybody can tell the shop that an order is paid`,
      `이벤트 수신 서버가 서명 없는 이벤트를 받아들입니다(HTTP ${status}). 누구나 결제 완료를 위조할 수 있습니다`,
    ],
    [
      'verify webhook-signature with a Standard Webhooks library before reading the body, and answer 401 otherwise',
      '본문을 읽기 전에 Standard Webhooks 라이브러리로 webhook-signature를 검증하고, 실패하면 401로 응답하세요',
    ],
  )
}

function notReceiving(url: string, status: number): Finding {
  return found.problem(
    'receiver_not_there',
    [
      `nothing receives events at ${url} (HTTP ${status})`,
      `${url}에서 이벤트를 받지 않습니다(HTTP ${status})`,
    ],
    [
      'correct EVENT_URL; it must answer POST itself, without a redirect',
      'EVENT_URL을 고치세요. 리디렉션 없이 POST 요청에 직접 응답해야 합니다',
    ],
  )
}
