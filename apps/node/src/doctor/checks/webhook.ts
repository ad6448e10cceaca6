import { providerAddresses } from '@quayside/server'
import { type Finding, findingsOf } from '../finding.ts'
import { type DoctorDeps, type Probed, probe } from '../probe.ts'
import type { ReadableSettings } from '../readable-settings.ts'
import { adviseOn } from './setting-advice.ts'

const found = findingsOf('webhook')

/** Whether PortOne can reach this server, as far as that can be seen from here. */
export async function checkWebhook(
  { failure, mode, read }: ReadableSettings,
  signal: AbortSignal,
  deps: DoctorDeps,
): Promise<readonly Finding[]> {
  const publicUrl = read('PUBLIC_URL')?.replace(/\/+$/, '') ?? null
  if (publicUrl === null) {
    const { en, ko } = adviseOn('PUBLIC_URL')
    const isMalformed = failure?.malformed.includes('PUBLIC_URL') ?? false
    return [
      found.warning(
        'public_url_missing',
        isMalformed
          ? [
              'the webhook address cannot be checked while PUBLIC_URL is malformed',
              'PUBLIC_URL의 형식이 올바르지 않아 웹훅 주소를 확인할 수 없습니다',
            ]
          : [
              'the webhook address cannot be checked without PUBLIC_URL',
              'PUBLIC_URL이 설정되지 않아 웹훅 주소를 확인할 수 없습니다',
            ],
        [en, ko],
      ),
    ]
  }
  if (mode === 'live' && isPrivate(new URL(publicUrl).hostname)) {
    return [
      found.problem(
        'public_url_private',
        [`PortOne cannot reach ${publicUrl}`, `포트원에서 ${publicUrl}에 접속할 수 없습니다`],
        [
          'set PUBLIC_URL to the address that the internet has for this server',
          'PUBLIC_URL에 외부에서 접속할 수 있는 주소를 설정하세요',
        ],
      ),
    ]
  }
  const probed = await probe(`${publicUrl}/`, {}, signal, deps)
  if (!probed.ok) return [unreachable(publicUrl, probed.failure.cause), toEnter(publicUrl)]
  const identity = readIdentity(probed.value)
  if (identity === null) return [anotherServer(publicUrl, probed.value.status)]
  return mode === null || identity.mode === mode
    ? [reachable(publicUrl), toEnter(publicUrl)]
    : [otherMode(publicUrl, identity.mode), toEnter(publicUrl)]
}

function unreachable(publicUrl: string, cause: string): Finding {
  return found.warning(
    'server_unreachable',
    [`nothing answers at ${publicUrl}: ${cause}`, `${publicUrl}에서 응답이 없습니다: ${cause}`],
    [
      'start the server (quayside serve) and run this again; if it runs, check DNS, certificate and proxy',
      '서버를 시작한 뒤(quayside serve) 다시 실행하세요. 실행 중이라면 DNS, 인증서, 프록시 설정을 확인하세요',
    ],
  )
}

function reachable(publicUrl: string): Finding {
  return found.ok('server_answers', [
    `this server answers at ${publicUrl}`,
    `${publicUrl}에서 이 서버가 응답합니다`,
  ])
}

/** What the provider's console and a firewall have to be told. */
function toEnter(publicUrl: string): Finding {
  const addresses = providerAddresses.join(', ')
  return found.ok('webhook_address', [
    `webhook URL for the PortOne console (V1): ${publicUrl}/payments/webhook; PortOne sends from ${addresses}`,
    `포트원 관리자 콘솔에 등록할 웹훅 URL(V1): ${publicUrl}/payments/webhook. 방화벽을 사용한다면 다음 IP의 접속을 허용하세요: ${addresses}`,
  ])
}

function otherMode(publicUrl: string, mode: string): Finding {
  return found.problem(
    'server_of_another_mode',
    [
      `the server at ${publicUrl} runs in ${mode} mode, these settings are for another`,
      `${publicUrl}의 서버는 ${mode} 모드로 실행 중이어서 이 설정과 다릅니다`,
    ],
    ['start the server with these settings', '이 설정으로 서버를 다시 시작하세요'],
  )
}

function anotherServer(publicUrl: string, status: number): Finding {
  return found.problem(
    'another_server',
    [
      `another server answers at ${publicUrl} (HTTP ${status})`,
      `${publicUrl}에서 다른 서버가 응답합니다(HTTP ${status})`,
    ],
    [
      'let the proxy pass every path and method to this server, without a login page or a redirect; where the server is mounted below a path, PUBLIC_URL has this path: https://shop.example/pay',
      '프록시가 모든 경로와 메서드를 로그인 페이지나 리디렉션 없이 이 서버로 전달하도록 설정하세요. 하위 경로에 마운트했다면 PUBLIC_URL에 그 경로까지 설정하세요(예: https://shop.example/pay)',
    ],
  )
}

/** Reads what `GET /` of the server says of itself; null for any other response. */
function readIdentity({ status, text }: Probed): { readonly mode: string } | null {
  if (status !== 200) return null
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('name' in value) || !('mode' in value))
      return null
    const { name, mode } = value
    return name === 'quayside' && (mode === 'live' || mode === 'test') ? { mode } : null
  } catch {
    // Not JSON: the page of another server.
    return null
  }
}

const privateHosts =
  /^(?:(?:.+\.)?(?:localhost|local|internal|test|invalid)|127\..*|10\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|169\.254\..*|0\.0\.0\.0|\[(?:::1?|f[cd].*|fe80.*)\])$/i

function isPrivate(hostname: string): boolean {
  return privateHosts.test(hostname)
}
