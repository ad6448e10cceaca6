import { type Finding, findingsOf } from '../finding.ts'
import { type DoctorDeps, probe } from '../probe.ts'
import type { ReadableSettings } from '../readable-settings.ts'

const found = findingsOf('confirm')
const headers = { 'content-type': 'application/json', 'user-agent': 'Quayside' }

/** Whether the server at `CONFIRM_URL` answers and refuses what is not signed. Nothing where it is not set, or malformed. */
export async function checkConfirm(
  { mode, read }: ReadableSettings,
  signal: AbortSignal,
  deps: DoctorDeps,
): Promise<readonly Finding[]> {
  const url = read('CONFIRM_URL')
  if (url === null) return []
  const timestamp = deps.now().toISOString()
  const body = JSON.stringify({ type: 'receiver.test', timestamp, data: { mode } })
  const probed = await probe(url, { method: 'POST', headers, body }, signal, deps)
  if (!probed.ok) return [unreachable(url, probed.failure.cause)]
  const { status } = probed.value
  if (status >= 200 && status < 300) return [unverified(status)]
  if (status === 404 || status === 405 || status >= 500 || status < 400) {
    return [notThere(url, status)]
  }
  return [
    found.ok('unsigned_refused', [
      `the server at CONFIRM_URL refuses what is not signed (HTTP ${status})`,
      `CONFIRM_URL의 서버가 서명 없는 요청을 거절합니다(HTTP ${status})`,
    ]),
  ]
}

function unreachable(url: string, cause: string): Finding {
  return found.problem(
    'confirm_unreachable',
    [`${url} does not answer: ${cause}`, `${url}가 응답하지 않습니다: ${cause}`],
    [
      'start it, or correct CONFIRM_URL, or leave it out; meanwhile every payment with confirm_url is refused',
      '서버를 시작하거나, CONFIRM_URL을 고치거나 삭제하세요. 그동안 confirm_url을 사용하는 결제는 모두 거절됩니다',
    ],
  )
}

function unverified(status: number): Finding {
  return found.problem(
    'unsigned_accepted',
    [
      `the server at CONFIRM_URL accepts a request without a signature (HTTP ${status}): anybody can reserve its stock`,
      `CONFIRM_URL의 서버가 서명 없는 요청을 받아들입니다(HTTP ${status}). 누구나 재고를 선점할 수 있습니다`,
    ],
    [
      'verify webhook-signature with a Standard Webhooks library before reading the body, and answer 401 otherwise',
      '본문을 읽기 전에 Standard Webhooks 라이브러리로 webhook-signature를 검증하고, 실패하면 401로 응답하세요',
    ],
  )
}

function notThere(url: string, status: number): Finding {
  return found.problem(
    'confirm_not_there',
    [
      `nothing decides about payments at ${url} (HTTP ${status})`,
      `${url}에서 결제 승인 여부를 응답하지 않습니다(HTTP ${status})`,
    ],
    [
      'correct CONFIRM_URL; it must answer POST itself, without a redirect',
      'CONFIRM_URL을 고치세요. 리디렉션 없이 POST 요청에 직접 응답해야 합니다',
    ],
  )
}
